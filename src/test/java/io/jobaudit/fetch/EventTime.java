package io.jobaudit.fetch;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

import io.jobaudit.Ticker;

/** Time that passes from event to event, however long that would take. */
final class EventTime implements Ticker {

	private record Event(long instant, long number, Runnable action) {
	}

	private final Queue<Event> events = new PriorityQueue<>(
			Comparator.comparingLong(Event::instant).thenComparingLong(Event::number));

	private long now;

	private long scheduled;

	@Override
	public long now() {
		return this.now;
	}

	/** Passes the time, and whatever happens until then. */
	@Override
	public void sleepUntil(long instant) {
		while (!this.events.isEmpty() && this.events.element().instant() <= instant) {
			passToNextEvent();
		}
		this.now = Math.max(this.now, instant);
	}

	void after(Duration delay, Runnable action) {
		this.events.add(new Event(this.now + delay.toNanos(), this.scheduled++, action));
	}

	void passToNextEvent() {
		Event event = this.events.remove();
		this.now = Math.max(this.now, event.instant());
		event.action().run();
	}

	double seconds() {
		return this.now / 1e9;
	}

}
