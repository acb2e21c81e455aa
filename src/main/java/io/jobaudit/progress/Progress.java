package io.jobaudit.progress;

import java.time.Duration;

import io.jobaudit.batch.RunFigures.Phase;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a run.
 *
 * @param phase what the run is doing
 * @param elapsed time since the run began
 * @param lines imported input lines
 * @param done ids with an outcome
 * @param total ids of the run, 0 while unknown
 * @param callsPerSecond recent calls per second, null while unknown
 * @param rate configured calls per second, 0 for no limit
 * @param allowed calls per second that the API allows at the moment, 0 for no limit
 * @param failed jobs in state Failed
 * @param unreadable ids without a usable answer
 * @param eta remaining time, null while unknown
 */
record Progress(Phase phase, Duration elapsed, long lines, long done, long total, @Nullable Double callsPerSecond,
		double rate, double allowed, long failed, long unreadable, @Nullable Duration eta) {

	/** Whether the API allows clearly less than the configured rate. */
	boolean isSlowed() {
		return this.allowed > 0 && this.rate > 0 && this.allowed < 0.95 * this.rate;
	}

}
