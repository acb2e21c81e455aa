package io.jobaudit.progress;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

import io.jobaudit.batch.RunFigures.Phase;
import io.jobaudit.batch.RunFigures.Reading;
import org.jspecify.annotations.Nullable;

/**
 * Computes speed and remaining time from the last half minute: outcomes are counted by
 * the chunk, so a shorter time would make them jump. Not thread-safe.
 */
final class Pace {

	/** What had been done at an instant. */
	private record Sample(long instant, long calls, long done) {
	}

	private final Deque<Sample> samples = new ArrayDeque<>();

	private final long begin;

	/**
	 * Starts to measure.
	 * @param instant nanoseconds since some fixed point
	 */
	Pace(long instant) {
		this.begin = instant;
	}

	/**
	 * Adds the figures of a moment.
	 * @param instant nanoseconds, not earlier than those before
	 */
	Progress at(long instant, Reading reading) {
		if (reading.phase() == Phase.FETCH) {
			add(new Sample(instant, reading.usage().calls(), reading.decided()));
		}
		return new Progress(reading, Duration.ofNanos(instant - this.begin), callsPerSecond(),
				eta(reading.distinctIds() - reading.decided()));
	}

	private void add(Sample now) {
		this.samples.addLast(now);
		while (this.samples.size() > 2
				&& now.instant() - this.samples.getFirst().instant() > Duration.ofSeconds(30).toNanos()) {
			this.samples.removeFirst();
		}
	}

	private @Nullable Double callsPerSecond() {
		double seconds = seconds();
		return (seconds > 0) ? (this.samples.getLast().calls() - this.samples.getFirst().calls()) / seconds : null;
	}

	private @Nullable Duration eta(long left) {
		double seconds = seconds();
		if (seconds == 0 || left < 0) {
			return null;
		}
		long done = this.samples.getLast().done() - this.samples.getFirst().done();
		if (done == 0) {
			return (left == 0) ? Duration.ZERO : null;
		}
		return Duration.ofSeconds(Math.round(left * seconds / done));
	}

	/** Time between the first and the last sample, 0 if it is too short to measure. */
	private double seconds() {
		if (this.samples.size() < 2) {
			return 0;
		}
		long nanos = this.samples.getLast().instant() - this.samples.getFirst().instant();
		return (nanos < Duration.ofSeconds(1).toNanos()) ? 0 : nanos / 1e9;
	}

	/**
	 * The progress of a run.
	 *
	 * @param callsPerSecond recent calls per second, null while unknown
	 */
	record Progress(Reading now, Duration elapsed, @Nullable Double callsPerSecond, @Nullable Duration eta) {

		/** Whether the API allows clearly less than the configured rate. */
		boolean isSlowed() {
			return this.now.currentRate() > 0 && this.now.currentRate() < 0.95 * this.now.configuredRate();
		}

	}

}
