package io.jobaudit.normalize;

/** Whether an answer reports the job's tokens. */
public enum UsageStatus {

	/** The API reports a figure. */
	REPORTED,

	/** No usage in the answer, which is not zero. */
	ABSENT,

	/** The answer has a usage that cannot be read; it is kept in the raw answer. */
	UNREADABLE

}
