package io.jobaudit.billing;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

import io.jobaudit.DidYouMean;

/** Job types that a price file may name. */
final class KnownJobTypes {

	/** The types in the vendor's documentation. */
	private static final List<String> DOCUMENTED = List.of("ASR", "DynamicChart", "TextGenerate", "TextToSpeech",
			"VideoTranslation");

	private final TreeSet<String> named = new TreeSet<>(DOCUMENTED);

	private final Supplier<List<String>> seen;

	/**
	 * Creates the types.
	 * @param configured the types in {@code audit.prices.job-types}
	 * @param seen supplies the types of stored jobs, called when a type is not among the
	 * others
	 */
	KnownJobTypes(List<String> configured, Supplier<List<String>> seen) {
		this.named.addAll(configured);
		this.seen = seen;
	}

	/** The known type nearest to an unknown one; empty when the type is known. */
	Optional<String> insteadOf(String type) {
		if (!this.named.contains(type)) {
			this.named.addAll(this.seen.get());
		}
		return this.named.contains(type) ? Optional.empty() : DidYouMean.of(type, this.named);
	}

}
