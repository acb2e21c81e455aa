package io.jobaudit.fetch.api;

/** What an error means for the id, for the account and for the run. */
public enum ErrorClass {

	/** The account calls too often: wait, slow down, ask again. */
	THROTTLED,

	/** It may work the next time: ask again with a fresh signature. */
	TRANSIENT,

	/** The API is healthy, but its answer about the id cannot be read: no retry helps. */
	UNUSABLE,

	/** The security token has expired: read the credentials again, one retry. */
	TOKEN,

	/** No call can succeed: stop the run, mark no id. */
	FATAL,

	NOT_FOUND,

	REFUSED,

	/** A 4xx of the API of unknown meaning: taken as a refusal, unless all ids get it. */
	UNKNOWN

}
