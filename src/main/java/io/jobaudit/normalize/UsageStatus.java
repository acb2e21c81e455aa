package io.jobaudit.normalize;

/** Whether an answer tells the job's tokens. */
public enum UsageStatus {

	/** The API's figure. */
	REPORTED,

	/** No usage in the answer, which is not zero. */
	ABSENT,

	/** There is a usage, and it cannot be read; it stands in the raw answer. */
	UNREADABLE

}
