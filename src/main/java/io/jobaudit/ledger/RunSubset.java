package io.jobaudit.ledger;

import java.util.Locale;

/** A part of a run's ids, as an operator names it. */
public enum RunSubset {

	/** Ids without a usable answer. */
	UNREADABLE,

	/** Ids of jobs that have failed. */
	FAILED,

	/** Ids of jobs that were not final when they were stored last. */
	NOT_FINAL,

	/** Ids that the API does not know. */
	NOT_FOUND,

	/** Ids that the API refuses to answer for. */
	REFUSED,

	/** Ids that the API has forgotten. */
	EXPIRED;

	/** Whether its jobs are asked again although they are final. */
	public boolean isRefetched() {
		return this == FAILED;
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
