package io.jobaudit;

import org.jspecify.annotations.Nullable;

/**
 * Number of a run, as the database gave it.
 *
 * @param value 1 or more for a run; 0 means none
 */
public record RunId(long value) {

	public RunId {
		if (value < 0) {
			throw new IllegalArgumentException("a run's number is 0 or more, but is " + value);
		}
	}

	/** The run of a number, null for none. */
	public static @Nullable RunId ofNullable(@Nullable Long value) {
		return (value != null) ? new RunId(value) : null;
	}

	@Override
	public String toString() {
		return Long.toString(this.value);
	}

}
