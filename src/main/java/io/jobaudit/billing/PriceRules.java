package io.jobaudit.billing;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the lines of a price file must be to one another and to the job types. */
final class PriceRules {

	private final Path file;

	private final KnownJobTypes types;

	PriceRules(Path file, KnownJobTypes types) {
		this.file = file;
		this.types = types;
	}

	/**
	 * Checks all lines.
	 * @throws PriceFileException when a job type is not known, or has two prices or none
	 * on a day between its first and its last
	 */
	void check(List<PriceLine> lines) {
		lines.forEach(this::requireKnownType);
		Map<String, List<PriceLine>> byType = lines.stream()
			.sorted(Comparator.comparing((PriceLine line) -> line.price().validFrom()).thenComparing(PriceLine::number))
			.collect(Collectors.groupingBy((line) -> line.price().jobType(), TreeMap::new, Collectors.toList()));
		for (List<PriceLine> ofType : byType.values()) {
			for (int index = 1; index < ofType.size(); index++) {
				requireAdjacent(ofType.get(index - 1), ofType.get(index));
			}
		}
	}

	private void requireKnownType(PriceLine line) {
		this.types.insteadOf(line.price().jobType()).ifPresent((nearest) -> {
			throw new PriceFileException(this.file, line.number(),
					"job_type is \"%s\", which is not known; the nearest known is \"%s\".".formatted(
							line.price().jobType(), nearest) + " If it is right, name it in audit.prices.job-types");
		});
	}

	private void requireAdjacent(PriceLine earlier, PriceLine later) {
		LocalDate from = later.price().validFrom();
		LocalDate to = earlier.price().validTo();
		if (to == null || !to.isBefore(from)) {
			throw new PriceFileException(this.file, later.number(),
					"%s has a price from %s on, but line %d has one for it %s; two prices of a job type share no day,"
						.formatted(later.price().jobType(), from, earlier.number(),
								(to != null) ? "to " + to : "without an end")
							+ remedy(earlier, from));
		}
		if (to.plusDays(1).isBefore(from)) {
			throw new PriceFileException(this.file, later.number(),
					"%s has no price from %s to %s, between line %d and line %d; let line %d be valid to %s,".formatted(
							later.price().jobType(), to.plusDays(1), from.minusDays(1), earlier.number(),
							later.number(), earlier.number(), from.minusDays(1)) + " or add a line for these days");
		}
	}

	private static String remedy(PriceLine earlier, LocalDate from) {
		return earlier.price().validFrom().isBefore(from)
				? " so let line %d be valid to %s".formatted(earlier.number(), from.minusDays(1))
				: " so take one of the lines out";
	}

}
