package io.jobaudit.watch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

import io.jobaudit.batch.RunFigures.Reading;

/** How fast a run has been lately. */
final class Pace {

	private static final long WINDOW = Duration.ofSeconds(30).toNanos();

	/** Ids decided and calls made by a moment. */
	private record Mark(long nanos, long decided, long calls) {
	}

	private final Deque<Mark> marks = new ArrayDeque<>();

	/**
	 * Notes where the run is.
	 * @param nanos when, on a clock that does not jump
	 */
	void note(Reading reading, long nanos) {
		Mark mark = new Mark(nanos, reading.decided(), reading.usage().calls());
		Mark last = this.marks.peekLast();
		if (last != null && (mark.calls() < last.calls() || mark.decided() < last.decided())) {
			this.marks.clear();
		}
		this.marks.addLast(mark);
		while (this.marks.size() > 2 && nanos - this.marks.getFirst().nanos() > WINDOW) {
			this.marks.removeFirst();
		}
	}

	/** Calls a second. */
	double callsPerSecond() {
		return perSecond((this.marks.isEmpty()) ? 0 : this.marks.getLast().calls() - this.marks.getFirst().calls());
	}

	/** How long what is left will take; empty when nobody can tell. */
	Optional<Duration> left(long ids) {
		double speed = perSecond(
				(this.marks.isEmpty()) ? 0 : this.marks.getLast().decided() - this.marks.getFirst().decided());
		return (speed > 0) ? Optional.of(Duration.ofSeconds((long) Math.ceil(Math.max(ids, 0) / speed)))
				: Optional.empty();
	}

	private double perSecond(long count) {
		long nanos = this.marks.isEmpty() ? 0 : this.marks.getLast().nanos() - this.marks.getFirst().nanos();
		return (nanos > 0) ? count * 1e9 / nanos : 0;
	}

}
