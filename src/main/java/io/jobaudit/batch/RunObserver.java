package io.jobaudit.batch;

import io.jobaudit.ExitStatus;
import io.jobaudit.batch.AuditLauncher.AuditResult;
import io.jobaudit.fetch.ApiUsage;
import io.jobaudit.fetch.api.ApiProperties;
import io.jobaudit.ledger.AuditRun;
import org.jspecify.annotations.Nullable;

/**
 * Observes runs. Observers are called in the order of their beans. An exception of an
 * observer is logged and has no other effect.
 */
public interface RunObserver {

	/**
	 * A run has been opened or resumed. Called once per process, before the first step.
	 * @param figures may be read at any time, by any thread
	 */
	default void began(AuditRun run, RunFigures figures) {
	}

	/** A run has ended and its lock is released, or it could not be opened. */
	default void ended(RunEnding ending) {
	}

	/**
	 * This process starts to work on shared runs.
	 * @param work may be read at any time, by any thread
	 */
	default void began(SharedProgress work) {
	}

	/** This process stops working on shared runs, which other processes may continue. */
	default void ended(SharedProgress work) {
	}

	/** A shared run has ended. Called in the process that ended it. */
	default void ended(SharedEnding ending) {
	}

	/**
	 * How a shared run ended.
	 *
	 * @param api settings of its account
	 * @param usage calls of all processes
	 * @param lostParts how often a process died or froze while it had a part of the run
	 */
	record SharedEnding(AuditResult result, ApiProperties api, ApiUsage usage, long lostParts) {
	}

	/**
	 * How a run ended, or why it could not be opened.
	 *
	 * @param result the run and its result, null when no run was opened
	 * @param stop the request to stop the process; after it, observers have little time
	 */
	public record RunEnding(@Nullable AuditResult result, ExitStatus status, @Nullable Throwable failure,
			StopRequest stop) {

		public static RunEnding of(AuditResult result, StopRequest stop) {
			return new RunEnding(result, result.status(), result.failure(), stop);
		}

	}

}
