package io.jobaudit.ledger;

/** How a run ended. */
public enum RunStatus {

	/** Every id is decided and the reports are on disk. */
	COMPLETED,

	/** Something went wrong; the same command goes on. */
	FAILED,

	/** Asked to stop; the same command goes on. */
	STOPPED

}
