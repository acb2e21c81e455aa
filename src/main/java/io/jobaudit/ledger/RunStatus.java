package io.jobaudit.ledger;

/** How a run ended. */
public enum RunStatus {

	/** Every id is decided and the reports are on disk. */
	COMPLETED,

	/** Something went wrong; the same command resumes the run. */
	FAILED,

	/** Stopped on request; the same command resumes the run. */
	STOPPED

}
