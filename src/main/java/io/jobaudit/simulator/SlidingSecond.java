package io.jobaudit.simulator;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** The events within a second that ends now. Not thread-safe. */
final class SlidingSecond {

	private static final long SECOND = Duration.ofSeconds(1).toNanos();

	private final Deque<Long> events = new ArrayDeque<>();

	/** Events in the second before {@code nanoTime}, without its first instant. */
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
