package io.jobaudit.simulator;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** The events of the last second, wherever that second begins. Not thread-safe. */
final class SlidingSecond {

	private static final long SECOND = Duration.ofSeconds(1).toNanos();

	private final Deque<Long> events = new ArrayDeque<>();

	/** Events since a second before {@code nanoTime}, that instant itself left out. */
	int countAt(long nanoTime) {
		while (!this.events.isEmpty() && nanoTime - this.events.getFirst() >= SECOND) {
			this.events.removeFirst();
		}
		return this.events.size();
	}

	/** Must not be called with an earlier time than before. */
	void add(long nanoTime) {
		this.events.addLast(nanoTime);
	}

}
