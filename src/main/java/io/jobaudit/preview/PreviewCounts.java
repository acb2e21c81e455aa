package io.jobaudit.preview;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.jobaudit.ids.InputLine.RequestedId;
import io.jobaudit.ids.RejectedLine;
import org.jspecify.annotations.Nullable;

/**
 * What a run would do with an input.
 *
 * @param lines data lines
 * @param distinctIds well-formed ids, each once
 * @param malformed lines without a well-formed id
 * @param storedFinal ids that need no call
 * @param rate calls per second, 0 for no limit
 * @param first the first ids
 * @param rejected the first rejected lines
 * @param warning what is suspicious about the input
 */
public record PreviewCounts(long lines, long distinctIds, long malformed, long storedFinal, double rate,
		List<RequestedId> first, List<RejectedLine> rejected, Optional<String> warning) {

	public PreviewCounts {
		first = List.copyOf(first);
		rejected = List.copyOf(rejected);
	}

	/** Lines whose id came before. */
	public long duplicates() {
		return this.lines - this.distinctIds - this.malformed;
	}

	/** Calls, if each is answered the first time. */
	public long calls() {
		return this.distinctIds - this.storedFinal;
	}

	/** How long they take at the configured rate, null without one. */
	public @Nullable Duration duration() {
		return (this.rate == 0) ? null : Duration.ofSeconds((long) Math.ceil(calls() / this.rate));
	}

}
