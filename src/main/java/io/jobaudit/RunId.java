package io.jobaudit;

import org.jspecify.annotations.Nullable;

/** Number of a run, as the database gave it. */
public record RunId(long value) {

	public RunId {
		if (value < 0) {
			throw new IllegalArgumentException("a run's number is 0 or more, but is " + value);
		}
	}

	public static @Nullable RunId ofNullable(@Nullable Long value) {
		return (value != null) ? new RunId(value) : null;
	}

	@Override
	public String toString() {
		return Long.toString(this.value);
	}

}
