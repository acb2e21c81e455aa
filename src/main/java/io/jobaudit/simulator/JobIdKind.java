package io.jobaudit.simulator;

import java.util.regex.Pattern;

/**
 * How ids are answered: what an id begins with steers it; any other well-formed id
 * exists.
 */
enum JobIdKind {

	/** 404 {@code ResourceNotFound}. */
	UNKNOWN("unknown-"),

	/** 400 {@code InvalidParameter.JobId}. */
	REFUSED("refused-"),

	/** A 4xx that no documentation names. */
	ODD("odd-"),

	/** 403 {@code Forbidden.RAM}. */
	FORBIDDEN("forbidden-"),

	/** 500 {@code InternalError}, always. */
	BROKEN("broken-"),

	/** 200 with JSON that ends in its middle, always. */
	GARBLED("garbled-"),

	/** Not an id at all: answered as {@link #REFUSED}. */
	MALFORMED(""),

	/** A job. */
	EXISTING("");

	private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9-]{1,64}");

	private final String prefix;

	JobIdKind(String prefix) {
		this.prefix = prefix;
	}

	static JobIdKind of(String jobId) {
		if (!WELL_FORMED.matcher(jobId).matches()) {
			return MALFORMED;
		}
		for (JobIdKind kind : values()) {
			if (!kind.prefix.isEmpty() && jobId.startsWith(kind.prefix)) {
				return kind;
			}
		}
		return EXISTING;
	}

}
