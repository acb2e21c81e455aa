package io.jobaudit.fetch;

import java.time.Duration;
import java.util.Optional;

/** The rate of an account of which several processes make calls, by one clock. */
public interface SharedRate {

	/** The time whose turns a process takes at once. */
	Duration lease();

	/**
	 * Takes the next turns.
	 * @param turns how many
	 * @param interval between two turns
	 */
	Turns take(int turns, Duration interval);

	/**
	 * Lowers the rate for all, or ends a drop that had no effect, unless another process
	 * was faster.
	 * @param seen number of the drop that this process knows
	 * @param age how long ago the rate dropped
	 * @param accepted calls per second that were accepted then
	 * @return that of a process that was faster; empty if ours counts
	 */
	Optional<Drop> drop(long seen, Duration age, double accepted);

	/** Lets all processes wait. */
	void pause(Duration time);

	/**
	 * Turns to call.
	 *
	 * @param delay time until the first; the others follow at the interval
	 */
	record Turns(Duration delay, Drop drop) {
	}

	/**
	 * When the rate dropped last.
	 *
	 * @param number counts the drops
	 * @param age how long ago that was
	 * @param accepted calls per second that were accepted then
	 */
	record Drop(long number, Duration age, double accepted) {
	}

}
