package io.jobaudit.simulator;

/** How an id is answered, by its prefix; any other well-formed id is a job. */
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

	/** 200 with a body that is too large to read. */
	HUGE("huge-"),

	/** 200 with gzip that inflates to a gigabyte. */
	BOMB("bomb-"),

	/** 200 with JSON that is nested too deep for a parser. */
	DEEP("deep-"),

	/** 200 with the job of another id. */
	OTHER("other-"),

	/** 200 with a job, and something after it. */
	TRAILING("trailing-"),

	/** 200 with a job, twice. */
	DOUBLED("doubled-"),

	/** 200 with no body. */
	EMPTY("empty-"),

	/** 200 with a job in a JSON array. */
	ARRAY("array-"),

	/** 200 with {@code null}. */
	NULL("null-"),

	/** 200 with a job in UTF-16. */
	UTF16("utf16-"),

	/** 200 with control characters that are not escaped. */
	CONTROL("control-"),

	/** A job whose AiResult takes megabytes. */
	LARGE("large-", true),

	/** A job in GBK, as the content type says. */
	GBK("gbk-", true),

	/** A job after a byte order mark. */
	BOM("bom-", true),

	/** A job with its state twice, the true one last. */
	TWICE("twice-", true),

	/** A job with numbers out of any range. */
	NUMBERS("numbers-", true),

	/** Not an id: answered as {@link #REFUSED}. */
	MALFORMED(""),

	/** A job. */
	EXISTING("", true);

	private final String prefix;

	private final boolean readable;

	JobIdKind(String prefix) {
		this(prefix, false);
	}

	JobIdKind(String prefix, boolean readable) {
		this.prefix = prefix;
		this.readable = readable;
	}

	/** Whether the answer holds the job in a form that an audit can read. */
	boolean isReadable() {
		return this.readable;
	}

	static JobIdKind of(String jobId) {
		if (!jobId.matches("[A-Za-z0-9-]{1,64}")) {
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
