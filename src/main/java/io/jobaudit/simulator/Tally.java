package io.jobaudit.simulator;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

import io.jobaudit.Ticker;
import io.jobaudit.simulator.FaultPlan.PlannedFault;
import io.jobaudit.simulator.RateLimit.SlidingSecond;
import io.jobaudit.simulator.Statistics.SimulatedOutcome;

/** Counts calls under one lock, so that the counts add up at any moment. */
final class Tally {

	private final Ticker ticker;

	private final SlidingSecond lastSecond = new SlidingSecond();

	private final Map<SimulatedOutcome, Long> outcomes = new EnumMap<>(SimulatedOutcome.class);

	private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);

	// by hash, so that a million ids fit a small heap
	private final Map<Long, Integer> callsById = new HashMap<>();

	private long calls;

	private int maxCallsInAnySecond;

	private int maxCallsPerJobId;

	private long hintsBroken;

	private Duration worstHintBroken = Duration.ZERO;

	Tally(Ticker ticker) {
		this.ticker = ticker;
		Arrays.stream(Fault.values()).forEach((fault) -> this.faults.put(fault, 0L));
	}

	/**
	 * Until when the client of one connection was asked to wait. An answer on a
	 * connection is read before the next call is sent on it, while a call on another one
	 * may have been sent already. Not thread-safe.
	 */
	static final class RetryHint {

		private boolean given;

		private long end;

		void give(long nanoTime, long millis) {
			this.given = true;
			this.end = nanoTime + Duration.ofMillis(millis).toNanos();
		}

		/** How much too early a call arrives; zero when it does not. */
		Duration early(long nanoTime) {
			return Duration.ofNanos(this.given ? Math.max(0, this.end - nanoTime) : 0);
		}

	}

	synchronized void arrived(String jobId, RetryHint hint) {
		long now = this.ticker.now();
		this.calls++;
		this.lastSecond.add(now);
		this.maxCallsInAnySecond = Math.max(this.maxCallsInAnySecond, this.lastSecond.countAt(now));
		countEarly(hint.early(now));
		if (!jobId.isEmpty()) {
			int ofThisId = this.callsById.merge(Draw.bits(0, jobId, 0), 1, Integer::sum);
			this.maxCallsPerJobId = Math.max(this.maxCallsPerJobId, ofThisId);
		}
	}

	synchronized void count(SimulatedOutcome outcome) {
		this.outcomes.merge(outcome, 1L, Long::sum);
	}

	synchronized void count(PlannedFault planned, RetryHint hint) {
		this.faults.merge(planned.fault(), 1L, Long::sum);
		if (planned.fault() == Fault.RETRY_HINT) {
			hint.give(this.ticker.now(), planned.hintMillis());
		}
	}

	synchronized Statistics statistics() {
		return new Statistics(this.calls, times(SimulatedOutcome.JOB), times(SimulatedOutcome.LIST),
				times(SimulatedOutcome.THROTTLED), times(SimulatedOutcome.NOT_FOUND),
				times(SimulatedOutcome.BAD_SIGNATURE), times(SimulatedOutcome.REPLAYED_NONCE),
				times(SimulatedOutcome.STALE_DATE), times(SimulatedOutcome.OTHER_ERROR), this.faults,
				this.maxCallsInAnySecond, this.hintsBroken, this.worstHintBroken.toMillis(), this.maxCallsPerJobId);
	}

	private void countEarly(Duration early) {
		if (!early.isZero()) {
			this.hintsBroken++;
			this.worstHintBroken = (early.compareTo(this.worstHintBroken) > 0) ? early : this.worstHintBroken;
		}
	}

	private long times(SimulatedOutcome outcome) {
		return this.outcomes.getOrDefault(outcome, 0L);
	}

}
