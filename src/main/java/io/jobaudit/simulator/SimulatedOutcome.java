package io.jobaudit.simulator;

/** The outcome of a call that met no fault. */
enum SimulatedOutcome {

	JOB, LIST, THROTTLED, NOT_FOUND, BAD_SIGNATURE, REPLAYED_NONCE, STALE_DATE, OTHER_ERROR

}
