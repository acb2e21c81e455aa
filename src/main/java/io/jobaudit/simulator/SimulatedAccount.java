package io.jobaudit.simulator;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

import io.jobaudit.Ticker;

/**
 * The one account that the simulator serves: checks, then the rate, then faults, then the
 * job.
 */
final class SimulatedAccount {

	private final Supplier<SimulatorOptions> options;

	private final CallChecks checks;

	private final RateLimit limit;

	private final FaultPlan faults = new FaultPlan();

	private volatile JobList list = new JobList(List.of());

	private final Tally tally;

	SimulatedAccount(Supplier<SimulatorOptions> options, Clock clock, Ticker ticker) {
		this.options = options;
		this.checks = new CallChecks(clock);
		this.limit = new RateLimit(ticker);
		this.tally = new Tally(ticker);
	}

	/** An answer and how long it takes. */
	record Answer(Reply reply, Duration latency) {
	}

	/**
	 * Answers a call.
	 * @param hint of the connection that the call came on
	 */
	Answer answer(ApiCall call, Tally.RetryHint hint) {
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

	private Optional<SimulatedError> throttling(SimulatorOptions current) {
		return this.limit.admits(current.rate()) ? Optional.empty() : Optional.of(SimulatedError.THROTTLED);
	}

	private Answer refused(SimulatedError refusal, ApiCall call, String requestId) {
		this.tally.count(refusal.outcome());
		return new Answer(refusal.reply(requestId, call.header("host")), Duration.ZERO);
	}

	private Answer accepted(ApiCall call, Tally.RetryHint hint, String requestId, SimulatorOptions current) {
		ProperAnswer proper = call.action().equals(JobList.ACTION) ? list(current).answer(call, requestId)
				: ProperAnswer.to(call, requestId);
		Duration latency = latency(call.subject(), current);
		Optional<PlannedFault> fault = this.faults.next(call.subject(), current);
		if (fault.isEmpty()) {
			this.tally.count(proper.outcome());
			return new Answer(proper.reply(), latency);
		}
		this.tally.count(fault.get(), hint);
		Reply reply = fault.get().reply(proper.reply(), requestId, call.header("host"));
		return new Answer(reply, fault.get().immediate() ? Duration.ZERO : latency);
	}

	/** Created once for the same ids. */
	private JobList list(SimulatorOptions current) {
		JobList known = this.list;
		if (!known.isOf(current.listedJobs())) {
			known = new JobList(current.listedJobs());
			this.list = known;
		}
		return known;
	}

	private static Duration latency(String subject, SimulatorOptions current) {
		Duration spread = current.maxLatency().minus(current.minLatency());
		double share = Draw.share(current.seed(), subject, -1);
		return current.minLatency().plusNanos(Math.round(spread.toNanos() * share));
	}

	private static String requestId() {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		return new UUID(random.nextLong(), random.nextLong()).toString().toUpperCase(Locale.ROOT);
	}

}
