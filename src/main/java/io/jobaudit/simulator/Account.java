package io.jobaudit.simulator;

import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The one account that the simulator serves: checks, then the rate, then faults, then the
 * job.
 */
final class Account {

	private final Supplier<SimulatorOptions> options;

	private final CallChecks checks;

	private final RateLimit limit;

	private final FaultPlan faults = new FaultPlan();

	private final Tally tally;

	Account(Supplier<SimulatorOptions> options, Clock clock, LongSupplier nanoTime) {
		this.options = options;
		this.checks = new CallChecks(clock);
		this.limit = new RateLimit(nanoTime);
		this.tally = new Tally(nanoTime);
	}

	/** An answer and how long it takes. */
	record Answer(Reply reply, Duration latency) {
	}

	/**
	 * Answers a call.
	 * @param hint of the connection that the call came on
	 */
	Answer answer(ApiCall call, RetryHint hint) {
		this.tally.arrived(call.jobId(), hint);
		SimulatorOptions current = this.options.get();
		String requestId = requestId();
		return this.checks.refusal(call, current)
			.or(() -> throttling(current))
			.map((refusal) -> refused(refusal, call, requestId))
			.orElseGet(() -> accepted(call, hint, requestId, current));
	}

	Statistics statistics() {
		return this.tally.statistics();
	}

	private Optional<ApiError> throttling(SimulatorOptions current) {
		return this.limit.admits(current.rate()) ? Optional.empty() : Optional.of(ApiError.THROTTLED);
	}

	private Answer refused(ApiError refusal, ApiCall call, String requestId) {
		this.tally.count(refusal.outcome());
		return new Answer(refusal.reply(requestId, call.header("host")), Duration.ZERO);
	}

	private Answer accepted(ApiCall call, RetryHint hint, String requestId, SimulatorOptions current) {
		ProperAnswer proper = ProperAnswer.to(call, requestId);
		Duration latency = latency(call.jobId(), current);
		Optional<PlannedFault> fault = this.faults.next(call.jobId(), current);
		if (fault.isEmpty()) {
			this.tally.count(proper.outcome());
			return new Answer(proper.reply(), latency);
		}
		this.tally.count(fault.get(), hint);
		Reply reply = fault.get().reply(proper.reply(), requestId, call.header("host"));
		return new Answer(reply, fault.get().immediate() ? Duration.ZERO : latency);
	}

	private static Duration latency(String jobId, SimulatorOptions current) {
		Duration spread = current.maxLatency().minus(current.minLatency());
		double share = Draw.share(current.seed(), jobId, -1);
		return current.minLatency().plusNanos(Math.round(spread.toNanos() * share));
	}

	private static String requestId() {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		return new UUID(random.nextLong(), random.nextLong()).toString().toUpperCase(Locale.ROOT);
	}

}
