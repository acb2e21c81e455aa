package io.jobaudit.ledger;

import org.jspecify.annotations.Nullable;

/**
 * Lines of a run's input.
 *
 * @param after the line before the first
 * @param last the last line, null for the end of the input
 */
public record ItemRange(long after, @Nullable Long last) {

	/** All lines. */
	public static final ItemRange ALL = new ItemRange(0, null);

}
