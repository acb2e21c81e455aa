package io.jobaudit.fetch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoublePredicate;

/**
 * Calls at the pace of a {@link RateLimiter}, so many in flight, against a server that
 * throttles: minutes of them within milliseconds.
 */
final class SimulatedCalls {

	private record Call(double second, boolean throttled) {
	}

	/** What became of the calls of a while. */
	record Share(long calls, double throttledPercent, double acceptedPerSecond) {
	}

	private static final Duration LATENCY = Duration.ofMillis(50);

	private final EventTime time = new EventTime();

	private final List<Call> calls = new ArrayList<>();

	private final RateLimiter limiter;

	private final int concurrency;

	private Duration hint = Duration.ZERO;

	private Duration throttledLatency = Duration.ZERO;

	private int inFlight;

	SimulatedCalls(double rate, int concurrency) {
		this.limiter = new RateLimiter(rate, Duration.ofMinutes(10), this.time);
		this.concurrency = concurrency;
	}

	/** Throttled answers ask for a pause. */
	SimulatedCalls withHint(Duration pause) {
		this.hint = pause;
		return this;
	}

	/** Throttled answers take as long as others. */
	SimulatedCalls withSlowThrottling() {
		this.throttledLatency = LATENCY;
		return this;
	}

	/**
	 * Calls on and on.
	 * @param admits whether a call sent at a second gets through
	 */
	SimulatedCalls until(double second, DoublePredicate admits) throws InterruptedException {
		while (this.time.seconds() < second) {
			if (this.inFlight == this.concurrency) {
				this.time.passToNextEvent();
			}
			else {
				call(admits);
			}
		}
		return this;
	}

	/** What was sent from one second to another. */
	Share between(double from, double to) {
		List<Call> sent = this.calls.stream().filter((call) -> call.second() >= from && call.second() < to).toList();
		double throttled = sent.stream().filter(Call::throttled).count();
		return new Share(sent.size(), 100 * throttled / sent.size(), (sent.size() - throttled) / (to - from));
	}

	/** When the first call from a second on was sent. */
	double firstFrom(double second) {
		return this.calls.stream().mapToDouble(Call::second).filter((sent) -> sent >= second).min().orElseThrow();
	}

	private void call(DoublePredicate admits) throws InterruptedException {
		long sentAt = this.limiter.acquire();
		boolean throttled = !admits.test(this.time.seconds());
		this.calls.add(new Call(this.time.seconds(), throttled));
		this.inFlight++;
		if (throttled) {
			this.time.after(this.throttledLatency, () -> this.limiter.throttled(sentAt, this.hint));
			this.time.after(this.throttledLatency.plus(LATENCY), () -> this.inFlight--);
		}
		else {
			this.time.after(LATENCY, () -> {
				this.limiter.accepted(sentAt);
				this.inFlight--;
			});
		}
	}

}
