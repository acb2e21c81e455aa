package io.jobaudit.progress;

import java.time.Duration;

import io.jobaudit.batch.RunFigures.Phase;
import org.jspecify.annotations.Nullable;

/**
 * How far a run is.
 *
 * @param phase what it is doing
 * @param elapsed time since it began
 * @param lines input lines written down
 * @param done ids that have an outcome
 * @param total ids of the run, 0 while that is not known
 * @param callsPerSecond calls of late, null while that is not known
 * @param rate calls per second that are configured, 0 for no limit
 * @param allowed calls per second that are allowed at the moment, 0 for no limit
 * @param failed jobs in state Failed
 * @param unreadable ids without a usable answer
 * @param eta time that is left, null while that is not known
 */
record Progress(Phase phase, Duration elapsed, long lines, long done, long total, @Nullable Double callsPerSecond,
		double rate, double allowed, long failed, long unreadable, @Nullable Duration eta) {

	/** Whether the API has made the run go slower than it may. */
	boolean isSlowed() {
		return this.allowed > 0 && this.rate > 0 && this.allowed < 0.95 * this.rate;
	}

}
