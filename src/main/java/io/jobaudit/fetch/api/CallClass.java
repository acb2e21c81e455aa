package io.jobaudit.fetch.api;

/** The result of a call, as it is counted. */
public enum CallClass {

	/** A job. */
	OK,

	/** The account calls too often. */
	THROTTLED,

	/** A fault that may pass, or no answer. */
	TRANSIENT,

	/** An answer about the id that cannot be read. */
	UNUSABLE,

	/** The security token has expired. */
	TOKEN,

	/** No call can succeed. */
	FATAL,

	/** The API does not know the id. */
	NOT_FOUND,

	/** The API refuses the id. */
	REFUSED,

	/** A 4xx of unknown meaning. */
	UNKNOWN,

	/** The run ended before the answer arrived. */
	ABANDONED;

	static CallClass of(ApiAnswer answer) {
		return (answer instanceof ApiError error) ? valueOf(error.errorClass().name()) : OK;
	}

}
