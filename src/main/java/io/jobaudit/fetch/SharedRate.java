package io.jobaudit.fetch;

import java.time.Duration;
import java.util.Optional;

/**
 * The rate limit that several processes share when they call for the same account. All
 * use one clock. A turn allows one call at a certain time.
 */
public interface SharedRate {

	/** How much of the rate a process reserves at a time: the turns of this duration. */
	Duration lease();

	/**
	 * Reserves the next turns.
	 * @param turns number of turns
	 * @param interval between two turns
	 */
	Turns take(int turns, Duration interval);

	/**
	 * Lowers the rate for all processes, or ends a drop that had no effect, unless
	 * another process has changed the rate meanwhile.
	 * @param seen number of the last drop that this process has seen
	 * @param age how long ago the rate dropped
	 * @param accepted calls per second that were accepted then
	 * @return the drop of the other process; empty if the drop of this process applies
	 */
	Optional<Drop> drop(long seen, Duration age, double accepted);

	/** Makes all processes pause. */
	void pause(Duration time);

	/**
	 * Reserved turns.
	 *
	 * @param delay time until the first; the others follow at the interval
	 */
	record Turns(Duration delay, Drop drop) {
	}

	/**
	 * The last drop of the rate.
	 *
	 * @param number number of drops so far
	 * @param age how long ago it was
	 * @param accepted calls per second that were accepted then
	 */
	record Drop(long number, Duration age, double accepted) {
	}

}
