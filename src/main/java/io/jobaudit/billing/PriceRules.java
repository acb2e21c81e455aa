package io.jobaudit.billing;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Checks the lines of a price file against each other and against the job types. */
final class PriceRules {

	private final Path file;

	private final KnownJobTypes types;

	PriceRules(Path file, KnownJobTypes types) {
		this.file = file;
		this.types = types;
	}

	/**
	 * Checks all lines.
	 * @throws PriceFileException when a job type is unknown, or has two prices or none on
	 * a day between its first and its last
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
					"unknown job_type \"%s\", did you mean \"%s\"? If it is right, add it to audit.prices.job-types"
						.formatted(line.price().jobType(), nearest));
		});
	}

	private void requireAdjacent(PriceLine earlier, PriceLine later) {
		LocalDate from = later.price().validFrom();
		LocalDate to = earlier.price().validTo();
		if (to == null || !to.isBefore(from)) {
			throw new PriceFileException(this.file, later.number(),
					"%s has a price from %s, but line %d has a price for it %s; %s".formatted(later.price().jobType(),
							from, earlier.number(), (to != null) ? "to " + to : "without an end", fix(earlier, from)));
		}
		if (to.plusDays(1).isBefore(from)) {
			throw new PriceFileException(this.file, later.number(),
					"%s has no price from %s to %s, between lines %d and %d; set valid_to of line %d to %s, or add a line"
						.formatted(later.price().jobType(), to.plusDays(1), from.minusDays(1), earlier.number(),
								later.number(), earlier.number(), from.minusDays(1)));
		}
	}

	private static String fix(PriceLine earlier, LocalDate from) {
		return earlier.price().validFrom().isBefore(from)
				? "set valid_to of line %d to %s".formatted(earlier.number(), from.minusDays(1))
				: "remove one of the two lines";
	}

}
