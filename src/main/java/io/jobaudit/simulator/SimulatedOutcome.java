package io.jobaudit.simulator;

/** What became of a call that did not meet a fault. */
enum SimulatedOutcome {

	JOB, LIST, THROTTLED, NOT_FOUND, BAD_SIGNATURE, REPLAYED_NONCE, STALE_DATE, OTHER_ERROR

}
