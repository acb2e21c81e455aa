package io.jobaudit.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class SimulatorStatisticsTest {

	private final HandClock clock = new HandClock();

	private final Simulator simulator = new Simulator(SimulatorOptions.defaults(), Clock.systemUTC(), this.clock);

	@AfterEach
	void stop() {
		this.simulator.close();
	}

	@Test
	void everyCallIsCountedOnceAsWhatBecameOfIt() throws IOException {
		String replayed = TestCall.forJob("job-1").wire(this.simulator.endpoint());
		RawClient.send(this.simulator, replayed);
		RawClient.send(this.simulator, replayed);
		call("job-1");
		call("job-2");
		call("unknown-1");
		call("refused-1");
		call("garbled-1");
		RawClient.send(this.simulator, TestCall.forJob("job-3").withKey("simulator", "guessed"));
		RawClient.send(this.simulator, TestCall.forJob("job-3").withHeader("x-acs-date", "2020-01-01T00:00:00Z"));
		this.simulator.change((options) -> options.withFaults(Map.of(Fault.RESET, 1.0)));
		call("job-4");

		assertThat(this.simulator.statistics())
			.isEqualTo(new Statistics(10, 3, 0, 0, 1, 1, 1, 1, 2, faults(Fault.RESET, 1), 10, 0, 0, 3));
	}

	@Test
	void exactlyTheRateGetsThroughInAnySecond() {
		this.simulator.change((options) -> options.withRate(3));

		assertThat(call("job-1").status()).isEqualTo(200);
		this.clock.advanceMillis(600);
		assertThat(call("job-2").status()).isEqualTo(200);
		assertThat(call("job-3").status()).isEqualTo(200);
		this.clock.advanceMillis(399);
		RawClient.Answer fourth = call("job-4");
		assertThat(fourth.status()).as("the first was 999 ms ago").isEqualTo(400);
		assertThat(fourth.body()).contains("\"Code\":\"Throttling.User\"");
		this.clock.advanceMillis(1);
		assertThat(call("job-4").status()).as("the first was a second ago").isEqualTo(200);
		assertThat(call("job-5").status()).isEqualTo(400);

		assertThat(this.simulator.statistics().throttled()).isEqualTo(2);
		assertThat(this.simulator.statistics().jobAnswers()).isEqualTo(4);
	}

	@Test
	void theBusiestSecondIsFoundWhereverItBegins() {
		call("job-1");
		this.clock.advanceMillis(700);
		call("job-2");
		call("job-3");
		this.clock.advanceMillis(600);
		call("job-4");
		call("job-5");
		this.clock.advanceMillis(5_000);
		call("job-6");

		assertThat(this.simulator.statistics().maxCallsInAnySecond()).isEqualTo(4);
	}

	@Test
	void aCallThatDoesNotWaitForTheHintOfItsConnectionIsCounted() throws IOException {
		this.simulator.change((options) -> options.withFaults(Map.of(Fault.RETRY_HINT, 1.0)));
		try (RawClient client = new RawClient(this.simulator.endpoint())) {
			long hint = Long.parseLong(call(client, "job-1").header("x-acs-retry-after"));
			this.simulator.change((options) -> options.withFaults(Map.of()));

			this.clock.advanceMillis(hint - 20);
			call(client, "job-2");
			this.clock.advanceMillis(19);
			call(client, "job-3");
			call("job-4");
			this.clock.advanceMillis(1);
			call(client, "job-1");
		}

		assertThat(this.simulator.statistics().hintsBroken())
			.as("job-4 came on another connection, job-1 after the hint had run out")
			.isEqualTo(2);
		assertThat(this.simulator.statistics().worstHintBrokenMillis()).isEqualTo(20);
	}

	@Test
	void theStatisticsAreServedAsJsonAndDoNotCountAsCalls() throws IOException {
		call("job-1");

		RawClient.Answer answer = RawClient.send(this.simulator, "GET /statistics HTTP/1.1\r\nHost: any\r\n\r\n");

		assertThat(JsonMapper.builder().build().readValue(answer.body(), Statistics.class))
			.isEqualTo(this.simulator.statistics());
		assertThat(this.simulator.statistics().calls()).isEqualTo(1);
	}

	private RawClient.Answer call(RawClient client, String jobId) throws IOException {
		return client.send(TestCall.forJob(jobId).wire(this.simulator.endpoint()));
	}

	private RawClient.Answer call(String jobId) {
		try {
			return RawClient.send(this.simulator, TestCall.forJob(jobId));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Map<Fault, Long> faults(Fault only, long times) {
		Map<Fault, Long> faults = new EnumMap<>(Fault.class);
		for (Fault fault : Fault.values()) {
			faults.put(fault, (fault == only) ? times : 0);
		}
		return faults;
	}

}
