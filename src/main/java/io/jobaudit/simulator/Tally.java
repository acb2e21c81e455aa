package io.jobaudit.simulator;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Counts what happens; under one lock, so that the counts of any moment add up. */
final class Tally {

	private final LongSupplier nanoTime;

	private final SlidingSecond lastSecond = new SlidingSecond();

	private final RetryHints hints = new RetryHints();

	private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);

	private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);

	// by hash: a million ids fit a small heap
	private final Map<Long, Integer> callsById = new HashMap<>();

	private long calls;

	private int maxCallsInAnySecond;

	private int maxCallsPerJobId;

	Tally(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
		Arrays.stream(Fault.values()).forEach((fault) -> this.faults.put(fault, 0L));
	}

	synchronized void arrived(String jobId) {
		long now = this.nanoTime.getAsLong();
		this.calls++;
		this.lastSecond.add(now);
		this.maxCallsInAnySecond = Math.max(this.maxCallsInAnySecond, this.lastSecond.countAt(now));
		this.hints.callArrived(now);
		if (!jobId.isEmpty()) {
			int ofThisId = this.callsById.merge(Draw.bits(0, jobId, 0), 1, Integer::sum);
			this.maxCallsPerJobId = Math.max(this.maxCallsPerJobId, ofThisId);
		}
	}

	synchronized void count(Outcome outcome) {
		this.outcomes.merge(outcome, 1L, Long::sum);
	}

	synchronized void count(PlannedFault planned) {
		this.faults.merge(planned.fault(), 1L, Long::sum);
		if (planned.fault() == Fault.RETRY_HINT) {
			this.hints.given(this.nanoTime.getAsLong(), planned.hintMillis());
		}
	}

	synchronized Statistics statistics() {
		return new Statistics(this.calls, times(Outcome.JOB), times(Outcome.THROTTLED), times(Outcome.NOT_FOUND),
				times(Outcome.BAD_SIGNATURE), times(Outcome.REPLAYED_NONCE), times(Outcome.STALE_DATE),
				times(Outcome.OTHER_ERROR), this.faults, this.maxCallsInAnySecond, this.hints.broken(),
				this.hints.worstMillis(), this.maxCallsPerJobId);
	}

	private long times(Outcome outcome) {
		return this.outcomes.getOrDefault(outcome, 0L);
	}

}
