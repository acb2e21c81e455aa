package io.jobaudit.simulator;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Random;

import org.jspecify.annotations.Nullable;

/**
 * Every job that the simulator knows, generated from its id alone: the same in every
 * process and at any time.
 */
public final class SimulatedJobs {

	/** Jobs were created within the 60 days that end here. */
	public static final Instant LATEST = Instant.parse("2026-11-20T00:00:00Z");

	private static final int DAYS = 60;

	private static final Weighted<String> STATES = Weighted.of("Finished", 82)
		.or("Failed", 12)
		.or("Executing", 4)
		.or("Created", 1.5)
		.or("Creating", 0.3)
		.or("Cancelled", 0.2);

	private static final Weighted<String> TYPES = Weighted.of("ASR", 38)
		.or("TextGenerate", 25)
		.or("TextToSpeech", 20)
		.or("VideoTranslation", 10)
		.or("DynamicChart", 7);

	private static final Weighted<String> COST_CENTERS = Weighted.of("CC-1010", 40)
		.or("CC-2020", 30)
		.or("CC-3030", 20)
		.or("CC-4711", 10);

	private static final Weighted<String> DEPARTMENTS = Weighted.of("marketing", 5)
		.or("newsroom", 3)
		.or("\u6559\u80b2", 2);

	private SimulatedJobs() {
	}

	/** The job of an id; empty for every id that is not answered with a job. */
	public static Optional<SimulatedJob> of(String jobId) {
		return JobIdKind.of(jobId).isReadable() ? Optional.of(create(jobId)) : Optional.empty();
	}

	static SimulatedJob create(String jobId) {
		// by contract, only this generator gives the same numbers on every JDK
		Random random = new Random(Draw.bits(0, jobId, 0));
		Instant createTime = createTime(random);
		String state = STATES.pick(random);
		String type = TYPES.pick(random);
		SimulatedUsage usage = SimulatedUsage.of(type, state, random);
		SimulatedFailure failure = state.equals("Failed") ? SimulatedFailure.of(type, random) : null;
		String title = HostileText.sometimes("default_title_" + createTime, random);
		String userData = userData(random);
		SimulatedJob facts = new SimulatedJob(jobId, state, type, (failure != null) ? failure.code() : null,
				(failure != null) ? failure.message() : null, usage.totalTokens(), usage.unreadable(), title, userData,
				createTime, "{}");
		return facts.withJson(new JobJson(facts, usage, random).write());
	}

	private static Instant createTime(Random random) {
		return LATEST.minusSeconds(random.nextInt((int) ChronoUnit.DAYS.getDuration().multipliedBy(DAYS).toSeconds()));
	}

	private static @Nullable String userData(Random random) {
		double form = random.nextDouble();
		if (form < 0.85) {
			return "{\"costCenter\":\"" + COST_CENTERS.pick(random) + "\",\"department\":\"" + DEPARTMENTS.pick(random)
					+ "\"}";
		}
		if (form < 0.9) {
			return HostileText.sometimes("batch 7, not JSON", random);
		}
		return (form < 0.95) ? "{\"NotifyAddress\":\"https://example.com/notify\"}" : null;
	}

}
