package io.jobaudit.billing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Loaded prices and those of a file: a closed month keeps its prices.
 *
 * @param file the price file
 * @param loaded the prices in the database
 * @param wanted the prices of the file
 */
record ClosedPrices(PriceFile file, List<PriceTable.DatedPrice> loaded, List<PriceTable.DatedPrice> wanted) {

	/**
	 * Compares the prices at every moment of a month. Prices change only at the midnights
	 * that begin or end one.
	 * @throws PriceFileException if a price would change
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
		if (!text(before).equals(text(after))) {
			String fault = "the price of %s on %s would change from %s to %s, but %s is closed; keep the price, or reopen the month first: %s"
				.formatted(jobType, moment.atZone(month.zone()).toLocalDate(), text(before), text(after), month.month(),
						month.howToReopen());
			throw after.flatMap(this::line)
				.map((line) -> new PriceFileException(this.file.path(), line, fault))
				.orElseGet(() -> new PriceFileException(this.file.path(), fault));
		}
	}

	private static Optional<Price> priceAt(List<PriceTable.DatedPrice> prices, String jobType, Instant moment) {
		return prices.stream()
			.filter((dated) -> dated.isFor(jobType, moment))
			.map(PriceTable.DatedPrice::price)
			.findFirst();
	}

	private Optional<Long> line(Price price) {
		return this.file.lines()
			.stream()
			.filter((line) -> line.price().equals(price))
			.map(PriceFile.PriceLine::number)
			.findFirst();
	}

	private static String text(Optional<Price> price) {
		return price.map(Price::toString).orElse("no price");
	}

}
