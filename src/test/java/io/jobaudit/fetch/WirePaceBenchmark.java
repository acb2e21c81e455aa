package io.jobaudit.fetch;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.jobaudit.Outcome;
import io.jobaudit.fetch.RealFetch.Result;
import io.jobaudit.simulator.Fault;
import io.jobaudit.simulator.Simulator;
import io.jobaudit.simulator.SimulatorOptions;
import io.jobaudit.simulator.Statistics;
import io.jobaudit.simulator.TestOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The pace over real HTTP: what {@link PaceConvergenceTest} says on simulated time. */
@Tag("bench")
@Timeout(300)
class WirePaceBenchmark {

	/** What the server had seen at an instant. */
	private record Sample(long instant, Statistics seen) {
	}

	private static final Logger LOG = LoggerFactory.getLogger(WirePaceBenchmark.class);

	private static final double RATE = 60;

	private static final int IDS = 1200;

	/** Of the simulator, in seconds. */
	private static final double MEAN_HINT = 0.6;

	private final ScheduledExecutorService background = Executors.newScheduledThreadPool(2);

	private final List<Sample> samples = new CopyOnWriteArrayList<>();

	private Simulator simulator = Simulator.start(SimulatorOptions.defaults());

	@AfterEach
	void close() {
		this.background.shutdownNow();
		this.simulator.close();
	}

	@ParameterizedTest
	@ValueSource(doubles = { 0.15, 0.25, 0.4 })
	void throttlingByChanceCostsItsShareAndNoMore(double share) throws Exception {
		this.simulator.change((options) -> TestOptions.withMaxFaultsInARow(options, 0)
			.withLatency(Duration.ofMillis(50), Duration.ofMillis(50))
			.withFaults(Map.of(Fault.THROTTLE, share)));
		try (RealFetch fetch = new RealFetch(this.simulator.endpoint(), RATE, 32, Duration.ofMinutes(5))) {
			begin(fetch, 50_000);
			Sample from = at(10);
			await().atMost(Duration.ofMinutes(2)).until(() -> last().seen().jobAnswers() >= answers(from) + IDS);

			double answered = perSecond(from, last()) / ((1 - share) * RATE);
			LOG.info("{} % throttled by chance: {} % of what is possible", 100 * share, 100 * answered);
			assertThat(answered).isGreaterThan(0.9);
		}
	}

	@Test
	void halfOurRateIsFoundAndUsed() throws Exception {
		this.simulator
			.change((options) -> options.withRate(30).withLatency(Duration.ofMillis(50), Duration.ofMillis(50)));
		try (RealFetch fetch = new RealFetch(this.simulator.endpoint(), RATE, 32, Duration.ofMinutes(5))) {
			begin(fetch, 50_000);
			Sample from = at(30);
			await().atMost(Duration.ofMinutes(2)).until(() -> last().seen().jobAnswers() >= answers(from) + IDS);

			double throttled = throttled(from, last());
			double answered = perSecond(from, last()) / 30;
			LOG.info("half our rate: {} % throttled, {} % of the limit used", 100 * throttled, 100 * answered);
			assertThat(throttled).isLessThan(0.02);
			assertThat(answered).isGreaterThan(0.9);
		}
	}

	@Test
	void anotherTenantThatTakesHalfOfTheQuotaForAMinuteIsFollowed() throws Exception {
		this.simulator
			.change((options) -> options.withRate(60).withLatency(Duration.ofMillis(50), Duration.ofMillis(50)));
		try (RealFetch fetch = new RealFetch(this.simulator.endpoint(), RATE, 32, Duration.ofMinutes(5))) {
			begin(fetch, 50_000);
			at(30);
			this.simulator.change((options) -> options.withRate(30));
			Sample shared = at(50);
			Sample left = at(90);
			this.simulator.change((options) -> options.withRate(60));
			double alone = perSecond(at(150), at(170)) / 60;

			double throttled = throttled(shared, left);
			double half = perSecond(shared, left) / 30;
			LOG.info("another tenant: {} % throttled, {} % of the rest used; {} % a minute after it left",
					100 * throttled, 100 * half, 100 * alone);
			assertThat(throttled).isLessThan(0.03);
			assertThat(half).isGreaterThan(0.9);
			assertThat(alone).isGreaterThan(0.95);
		}
	}

	/**
	 * A hint pauses all calls, which costs more than the limit: so it is counted apart.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "storm=0.3",
			"throttle=0.04,server-error=0.04,reset=0.04,cut-body=0.04,html=0.04,stall=0.04,error-in-200=0.04,drip=0.04" })
	void aStormUnderALimitIsSlowedByLittleElseThanTheLimitAndHints(String faults) throws Exception {
		this.simulator.change((options) -> options.withRate(150)
			.withLatency(Duration.ofMillis(20), Duration.ofMillis(20))
			.withFaults(Fault.parse(faults)));
		try (RealFetch fetch = new RealFetch(this.simulator.endpoint(), 300, 64, Duration.ofMinutes(1))) {
			Result result = begin(fetch, 3000).get();

			double seconds = (last().instant() - this.samples.get(0).instant()) / 1e9;
			Statistics seen = this.simulator.statistics();
			double limit = (seen.calls() - seen.throttled()) / 150.0;
			double hints = MEAN_HINT * seen.faults().getOrDefault(Fault.RETRY_HINT, 0L);
			LOG.info("a storm: {} s, the limit allows {} s, hints asked for {} s; {} calls, {} over the limit", seconds,
					limit, hints, seen.calls(), seen.throttled());
			assertThat(result.outcomes()).isEqualTo(Map.of(Outcome.FETCHED, 3000L));
			assertThat(seconds).isLessThan(1.5 * limit + hints);
		}
	}

	private Future<Result> begin(RealFetch fetch, int count) {
		this.background.scheduleAtFixedRate(
				() -> this.samples.add(new Sample(System.nanoTime(), this.simulator.statistics())), 0, 100,
				TimeUnit.MILLISECONDS);
		return this.background.submit(() -> fetch.run(RealFetch.ids(count)));
	}

	/** The sample of a second, when it has come. */
	private Sample at(int second) {
		await().atMost(Duration.ofMinutes(3)).until(() -> this.samples.size() > 10 * second);
		return this.samples.get(10 * second);
	}

	private Sample last() {
		return this.samples.get(this.samples.size() - 1);
	}

	private static long answers(Sample sample) {
		return sample.seen().jobAnswers();
	}

	private static double perSecond(Sample from, Sample to) {
		return (answers(to) - answers(from)) * 1e9 / (to.instant() - from.instant());
	}

	private static double throttled(Sample from, Sample to) {
		return (to.seen().throttled() - from.seen().throttled()) / (double) (to.seen().calls() - from.seen().calls());
	}

}
