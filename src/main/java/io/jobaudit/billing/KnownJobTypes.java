package io.jobaudit.billing;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

import io.jobaudit.DidYouMean;

/** Job types that a price can be for. */
final class KnownJobTypes {

	/** Those of the vendor's documentation. */
	private static final List<String> DOCUMENTED = List.of("ASR", "DynamicChart", "TextGenerate", "TextToSpeech",
			"VideoTranslation");

	private final TreeSet<String> named = new TreeSet<>(DOCUMENTED);

	private final Supplier<List<String>> seen;

	/**
	 * Creates the types.
	 * @param configured those of {@code audit.prices.job-types}
	 * @param seen those of stored jobs, asked for when the others do not do
	 */
	KnownJobTypes(List<String> configured, Supplier<List<String>> seen) {
		this.named.addAll(configured);
		this.seen = seen;
	}

	/** The nearest known type when a type is not known, else empty. */
	Optional<String> insteadOf(String type) {
		if (!this.named.contains(type)) {
			this.named.addAll(this.seen.get());
		}
		return this.named.contains(type) ? Optional.empty() : DidYouMean.of(type, this.named);
	}

}
