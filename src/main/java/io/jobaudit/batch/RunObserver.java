package io.jobaudit.batch;

import io.jobaudit.ExitStatus;
import io.jobaudit.batch.AuditLauncher.AuditResult;
import io.jobaudit.fetch.ApiUsage;
import io.jobaudit.fetch.api.ApiProperties;
import io.jobaudit.ledger.AuditRun;
import org.jspecify.annotations.Nullable;

/** Observes runs, in the order of the beans; what one throws is logged, no more. */
public interface RunObserver {

	/**
	 * A run has been opened or resumed. Called once per process, before the first step.
	 * @param figures may be read at any time, by any thread
	 */
	default void began(AuditRun run, RunFigures figures) {
	}

	/** A run has ended, its lock is released; or it could not be opened. */
	default void ended(RunEnding ending) {
	}

	/**
	 * This process works on shared runs from now on.
	 * @param work may be read at any time, by any thread
	 */
	default void began(SharedProgress work) {
	}

	/** This process ends its work on shared runs. */
	default void ended(SharedProgress work) {
	}

	/** A run that processes share has ended; called by the process that ended it. */
	default void ended(SharedEnding ending) {
	}

	/**
	 * How a run that processes share ended.
	 *
	 * @param api what is set for its account
	 * @param usage the calls of all processes
	 * @param lostParts how often a process that had a part of it died
	 */
	record SharedEnding(AuditResult result, ApiProperties api, ApiUsage usage, long lostParts) {
	}

	/**
	 * How a run ended, or why it could not be opened.
	 *
	 * @param result the run and what came of it, null when no run was opened
	 * @param stop how the process is stopped; once it is, observers have little time
	 */
	public record RunEnding(@Nullable AuditResult result, ExitStatus status, @Nullable Throwable failure,
			StopRequest stop) {

		public static RunEnding of(AuditResult result, StopRequest stop) {
			return new RunEnding(result, result.status(), result.failure(), stop);
		}

	}

}
