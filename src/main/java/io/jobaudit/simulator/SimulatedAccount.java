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
import io.jobaudit.simulator.BrokenReply.Reply;
import io.jobaudit.simulator.FaultPlan.PlannedFault;
import io.jobaudit.simulator.Statistics.SimulatedOutcome;

/** The simulator's one account: checks, then the rate, then faults, then the job. */
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

	record Answer(Reply reply, Duration latency) {
	}

	Answer answer(ApiCall call, Tally.RetryHint hint) {
		this.tally.arrived(call.jobId(), hint);
		SimulatorOptions current = this.options.get();
		String requestId = requestId();
		return this.checks.refusal(call, current)
			.or(() -> this.limit.admits(current.rate()) ? Optional.empty() : Optional.of(SimulatedError.THROTTLED))
			.map((refusal) -> refused(refusal, call, requestId))
			.orElseGet(() -> accepted(call, hint, requestId, current));
	}

	Statistics statistics() {
		return this.tally.statistics();
	}

	private Answer refused(SimulatedError refusal, ApiCall call, String requestId) {
		this.tally.count(refusal.outcome());
		return new Answer(refusal.reply(requestId, call.header("host")), Duration.ZERO);
	}

	private Answer accepted(ApiCall call, Tally.RetryHint hint, String requestId, SimulatorOptions current) {
		ProperAnswer proper = call.action().equals(JobList.ACTION) ? list(current).answer(call, requestId)
				: ProperAnswer.to(call, requestId, current.isLater());
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

	/** The API's answer to a call that meets no fault. */
	record ProperAnswer(SimulatedOutcome outcome, WholeReply reply) {

		static ProperAnswer to(ApiCall call, String requestId, boolean isLater) {
			String jobId = call.jobId();
			JobIdKind kind = JobIdKind.of(jobId);
			return switch (kind) {
				case EXISTING -> new ProperAnswer(SimulatedOutcome.JOB, job(jobId, requestId, isLater));
				case LARGE, GBK, BOM, TWICE, NUMBERS ->
					new ProperAnswer(SimulatedOutcome.JOB, OddBody.of(kind, job(jobId, requestId, isLater)));
				case GARBLED ->
					new ProperAnswer(SimulatedOutcome.OTHER_ERROR, job(jobId, requestId, isLater).garbled());
				case OTHER ->
					new ProperAnswer(SimulatedOutcome.OTHER_ERROR, job("another-" + jobId, requestId, isLater));
				case HUGE, BOMB, DEEP, TRAILING, DOUBLED, EMPTY, ARRAY, NULL, UTF16, CONTROL ->
					new ProperAnswer(SimulatedOutcome.OTHER_ERROR, OddBody.of(kind, job(jobId, requestId, isLater)));
				default -> error(SimulatedError.of(kind, jobId), call, requestId);
			};
		}

		static ProperAnswer error(SimulatedError error, ApiCall call, String requestId) {
			return new ProperAnswer(error.outcome(), error.reply(requestId, call.header("host")));
		}

		private static WholeReply job(String jobId, String requestId, boolean isLater) {
			return WholeReply.json(200, requestId, SimulatedJobs.create(jobId, isLater).body(requestId));
		}

	}

}
