package io.jobaudit.batch;

import io.jobaudit.ledger.AuditRun;

/**
 * Observes runs. Beans of this type are called in their order; what one throws is logged
 * and changes nothing.
 */
public interface RunObserver {

	/**
	 * A run has been opened or resumed. Called once per process, before the first step.
	 * @param figures may be read at any time, by any thread
	 */
	default void began(AuditRun run, RunFigures figures) {
	}

	/**
	 * The run has ended in any way, and its lock is released; also called for a run that
	 * could not be opened.
	 */
	default void ended(RunEnding ending) {
	}

}
