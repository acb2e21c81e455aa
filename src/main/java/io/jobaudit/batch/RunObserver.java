package io.jobaudit.batch;

import io.jobaudit.ledger.AuditRun;

/**
 * Watches runs. Beans of this type are told in their order; what one throws is logged and
 * changes nothing.
 */
public interface RunObserver {

	/**
	 * A run has been opened or gone on with. Called once a process, before the first
	 * step.
	 * @param figures may be read at any time, by any thread
	 */
	default void began(AuditRun run, RunFigures figures) {
	}

	/**
	 * The run has ended, however it did, and its lock is released; also told of a run
	 * that could not be opened.
	 */
	default void ended(RunEnding ending) {
	}

}
