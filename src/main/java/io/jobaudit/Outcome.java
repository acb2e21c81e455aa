package io.jobaudit;

/** What became of an id: every decided item of a run has exactly one. */
public enum Outcome {

	/** The API's answer is stored. */
	FETCHED,

	/** Already stored in a final state, so it was not asked. */
	UNCHANGED,

	/** The API does not know it. */
	NOT_FOUND,

	/** Stored earlier, over a year old, and the API has forgotten it. */
	EXPIRED,

	/** The API refuses to answer for it. */
	REFUSED,

	/** No usable answer after all retries, while other ids were answered. */
	UNREADABLE

}
