package io.jobaudit.fetch;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.jobaudit.Outcome;
import io.jobaudit.fetch.RealFetch.Result;
import io.jobaudit.simulator.Fault;
import io.jobaudit.simulator.Simulator;
import io.jobaudit.simulator.SimulatorOptions;
import io.jobaudit.simulator.TestOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Every way in which the whole API can be unavailable or failing, by its real cause. */
@Timeout(60)
@Tag("slow")
class ApiOutageTest {

	private static final List<String> IDS = RealFetch.ids(200);

	private static final SimulatorOptions OPTIONS = TestOptions.withMaxFaultsInARow(SimulatorOptions.defaults(), 0)
		.withLatency(Duration.ofMillis(5), Duration.ofMillis(5));

	private static final Duration SHORT = Duration.ofSeconds(1);

	private static final Duration LONG = Duration.ofSeconds(30);

	private final ExecutorService background = Executors.newSingleThreadExecutor();

	private Simulator simulator = Simulator.start(OPTIONS);

	private final URI endpoint = this.simulator.endpoint();

	@AfterEach
	void close() {
		this.background.shutdownNow();
		this.simulator.close();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 16 })
	void whenTheApiDoesNotListenEveryIdStaysPending(int concurrency) throws Exception {
		this.simulator.close();
		try (RealFetch fetch = new RealFetch(this.endpoint, 0, concurrency, SHORT)) {
			Result result = fetch.run(IDS);

			assertThat(result.jobs()).isEmpty();
			assertThat(result.failure()).isInstanceOf(ApiOutageException.class)
				.hasMessageContaining("Connection refused");
		}
	}

	@Test
	void anApiThatComesInTimeIsWaitedFor() throws Exception {
		this.simulator.close();
		try (RealFetch fetch = new RealFetch(this.endpoint, 0, 16, LONG)) {
			Future<Result> result = inBackground(() -> fetch.run(IDS));
			await().until(() -> fetch.usage().calls() >= 3);

			this.simulator = Simulator.start(OPTIONS.withPort(this.endpoint.getPort()));

			assertThat(result.get().outcomes()).isEqualTo(Map.of(Outcome.FETCHED, 200L));
		}
	}

	@Test
	void anApiThatFailsAndRecoversLosesNoId() throws Exception {
		try (RealFetch fetch = new RealFetch(this.endpoint, 0, 16, LONG)) {
			Future<Result> result = inBackground(() -> fetch.run(IDS, this.simulator::close));
			await().until(() -> fetch.usage().calls() - this.simulator.statistics().calls() >= 12);

			this.simulator = Simulator.start(OPTIONS.withPort(this.endpoint.getPort()));

			assertThat(result.get().outcomes()).isEqualTo(Map.of(Outcome.FETCHED, 200L));
		}
	}

	@ParameterizedTest
	@EnumSource(Fault.class)
	void anIllnessOfAllThatPassesMarksNoId(Fault fault) throws Exception {
		try (RealFetch fetch = new RealFetch(this.endpoint, 0, 16, LONG)) {
			Future<Result> result = inBackground(() -> fetch.run(IDS, () -> fallIll(fault)));
			await().until(() -> this.simulator.statistics().faults().getOrDefault(fault, 0L) >= 16);

			this.simulator.change((options) -> options.withFaults(Map.of()));

			assertThat(result.get().outcomes()).isEqualTo(Map.of(Outcome.FETCHED, 200L));
		}
	}

	@ParameterizedTest
	@EnumSource(Fault.class)
	void anIllnessOfAllThatStaysEndsTheRunAndMarksNoId(Fault fault) throws Exception {
		try (RealFetch fetch = new RealFetch(this.endpoint, 0, 16, SHORT)) {
			Result result = fetch.run(IDS, () -> fallIll(fault));

			assertThat(result.failure()).isInstanceOf(ApiOutageException.class)
				.hasMessageContaining("audit.api.outage-patience");
			assertThat(result.outcomes()).containsOnlyKeys(Outcome.FETCHED);
			assertThat(result.jobs()).hasSizeBetween(50, 100);
		}
	}

	private void fallIll(Fault fault) {
		this.simulator.change((options) -> options.withFaults(Map.of(fault, 1.0)));
	}

	private Future<Result> inBackground(Callable<Result> run) {
		return this.background.submit(run);
	}

}
