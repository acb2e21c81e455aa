package io.jobaudit;

/** How the process ends; codes from 64 on are those of {@code sysexits.h}. */
public enum ExitStatus {

	/** Every id is decided and the reports are on disk. */
	COMPLETE(0, "complete", false),

	/**
	 * As {@link #COMPLETE}, and more jobs failed, or more of a bill is unexplained, than
	 * a limit allows.
	 */
	LIMIT_PASSED(2, "complete, a limit of yours is passed", false),

	/**
	 * As {@link #COMPLETE}, and more ids are unreadable or refused than the limit allows.
	 */
	TOO_MANY_UNREADABLE(3, "complete, too many unreadable ids", false),

	USAGE(64, "wrong usage", false),

	INPUT(65, "bad input", false),

	/** The API or the database did not answer for too long. */
	UNAVAILABLE(69, "API or database unavailable", true),

	/** A fault of this program, or a run that does not add up. */
	INTERNAL(70, "internal error or not reconciled", false),

	/** Reports or lists cannot be written. */
	OUTPUT(73, "cannot write the output", true),

	/** Another run holds the lock, or the time limit was reached. */
	NOT_NOW(75, "locked by another run, or out of time", true),

	PERMISSION(77, "credentials or permissions are missing", false),

	/** A setting, a report definition or a price file is wrong. */
	CONFIGURATION(78, "wrong configuration", false),

	INTERRUPTED(130, "stopped by SIGINT", true),

	TERMINATED(143, "stopped by SIGTERM", true);

	private final int code;

	private final String meaning;

	private final boolean repeatable;

	ExitStatus(int code, String meaning, boolean repeatable) {
		this.code = code;
		this.meaning = meaning;
		this.repeatable = repeatable;
	}

	public int code() {
		return this.code;
	}

	public String meaning() {
		return this.meaning;
	}

	/** Whether the same command, started again as it is, may succeed. */
	public boolean isRepeatable() {
		return this.repeatable;
	}

	/**
	 * The status with a code.
	 * @throws IllegalArgumentException when there is none
	 */
	public static ExitStatus of(int code) {
		for (ExitStatus status : values()) {
			if (status.code == code) {
				return status;
			}
		}
		throw new IllegalArgumentException("no exit status has the code " + code);
	}

}
