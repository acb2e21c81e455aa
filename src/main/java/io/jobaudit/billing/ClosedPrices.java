package io.jobaudit.billing;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Prices as they are loaded and as a file wants them: what is closed keeps its own.
 *
 * @param file the file
 * @param loaded the prices as they are
 * @param wanted those of the file
 */
record ClosedPrices(PriceFile file, List<DatedPrice> loaded, List<DatedPrice> wanted) {

	/**
	 * Compares the prices of every moment of a month. They change at a midnight that
	 * begins or ends one, and nowhere else.
	 * @throws PriceFileException if one would be another
	 */
	void requireUnchanged(ClosedMonth month) {
		TreeSet<Instant> moments = new TreeSet<>(List.of(month.startsAt()));
		TreeSet<String> jobTypes = new TreeSet<>();
		Stream.concat(this.loaded.stream(), this.wanted.stream()).forEach((dated) -> {
			jobTypes.add(dated.price().jobType());
			moments.add(dated.startsAt());
			Optional.ofNullable(dated.endsAt()).ifPresent(moments::add);
		});
		for (Instant moment : moments.subSet(month.startsAt(), month.endsAt())) {
			jobTypes.forEach((jobType) -> requireUnchanged(month, jobType, moment));
		}
	}

	private void requireUnchanged(ClosedMonth month, String jobType, Instant moment) {
		Optional<Price> before = priceAt(this.loaded, jobType, moment);
		Optional<Price> after = priceAt(this.wanted, jobType, moment);
		if (!told(before).equals(told(after))) {
			throw new PriceFileException(this.file.path(),
					"%swould change what %s costs on %s, from %s to %s, but %s is closed; reopen it first: %s"
						.formatted(after.map(this::place).orElse(""), jobType,
								moment.atZone(month.zone()).toLocalDate(), told(before), told(after), month.month(),
								month.howToReopen()));
		}
	}

	private static Optional<Price> priceAt(List<DatedPrice> prices, String jobType, Instant moment) {
		return prices.stream().filter((dated) -> dated.isFor(jobType, moment)).map(DatedPrice::price).findFirst();
	}

	private String place(Price price) {
		return this.file.lines()
			.stream()
			.filter((line) -> Objects.equals(line.price(), price))
			.map((line) -> "in line " + line.number() + " ")
			.findFirst()
			.orElse("");
	}

	private static String told(Optional<Price> price) {
		return price.map(Price::toString).orElse("no price");
	}

}
