package io.jobaudit.billing;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.jobaudit.DidYouMean;
import org.jspecify.annotations.Nullable;

/** Checks the lines of a price file against each other and against the job types. */
final class PriceRules {

	/** The job types in the vendor's documentation. */
	private static final List<String> DOCUMENTED = List.of("ASR", "DynamicChart", "TextGenerate", "TextToSpeech",
			"VideoTranslation");

	private final Path file;

	private final Set<String> types = new TreeSet<>(DOCUMENTED);

	private final @Nullable Supplier<List<String>> storedTypes;

	/**
	 * Creates the rules.
	 * @param file the price file
	 * @param types job types that it may name besides the documented ones
	 * @param storedTypes supplies those of stored jobs, called when a type is not among
	 * the others; null to take any type
	 */
	PriceRules(Path file, List<String> types, @Nullable Supplier<List<String>> storedTypes) {
		this.file = file;
		this.types.addAll(types);
		this.storedTypes = storedTypes;
	}

	/**
	 * Checks all lines.
	 * @throws PriceFileException when a job type is unknown, or has two prices or none on
	 * a day between its first and its last
	 */
	void check(List<PriceFile.PriceLine> lines) {
		lines.forEach(this::requireKnownType);
		Map<String, List<PriceFile.PriceLine>> byType = lines.stream()
			.sorted(Comparator.comparing((PriceFile.PriceLine line) -> line.price().validFrom())
				.thenComparing(PriceFile.PriceLine::number))
			.collect(Collectors.groupingBy((line) -> line.price().jobType(), TreeMap::new, Collectors.toList()));
		for (List<PriceFile.PriceLine> ofType : byType.values()) {
			for (int index = 1; index < ofType.size(); index++) {
				requireAdjacent(ofType.get(index - 1), ofType.get(index));
			}
		}
	}

	private void requireKnownType(PriceFile.PriceLine line) {
		String type = line.price().jobType();
		if (!this.types.contains(type)) {
			this.types.addAll((this.storedTypes != null) ? this.storedTypes.get() : List.of(type));
		}
		if (!this.types.contains(type)) {
			throw new PriceFileException(this.file, line.number(),
					"unknown job_type \"%s\", did you mean \"%s\"? If it is right, add it to audit.prices.job-types"
						.formatted(type, DidYouMean.of(type, this.types).orElseThrow()));
		}
	}

	private void requireAdjacent(PriceFile.PriceLine earlier, PriceFile.PriceLine later) {
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

	private static String fix(PriceFile.PriceLine earlier, LocalDate from) {
		return earlier.price().validFrom().isBefore(from)
				? "set valid_to of line %d to %s".formatted(earlier.number(), from.minusDays(1))
				: "remove one of the two lines";
	}

}
