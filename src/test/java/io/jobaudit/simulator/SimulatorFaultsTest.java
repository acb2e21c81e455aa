package io.jobaudit.simulator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class SimulatorFaultsTest {

	private final Simulator simulator = Simulator
		.start(TestOptions.withMaxFaultsInARow(SimulatorOptions.defaults(), 0));

	@AfterEach
	void stop() {
		this.simulator.close();
	}

	@Test
	void throttlingLooksLikeTheVendorsInBothForms() throws IOException {
		switchOn(Fault.THROTTLE);

		for (int i = 0; i < 20; i++) {
			RawClient.Answer answer = call("job-" + i);
			assertThat(answer.status() + " " + answer.body())
				.matches("400 .*\"Code\":\"Throttling.User\".*|403 .*\"Code\":\"RequestsTooFrequent\".*");
			assertThat(answer.header("x-acs-retry-after")).isEmpty();
		}
	}

	@Test
	void aRetryHintComesInMilliseconds() throws IOException {
		switchOn(Fault.RETRY_HINT);

		RawClient.Answer answer = call("job-1");

		assertThat(answer.status()).isIn(429, 503);
		assertThat(answer.body()).contains("\"Code\":\"Throttling.User\"");
		assertThat(Integer.parseInt(answer.header("x-acs-retry-after"))).isBetween(200, 1000);
	}

	@Test
	void aServerErrorIsJsonWithKeysOfEitherCase() throws IOException {
		switchOn(Fault.SERVER_ERROR);

		for (int i = 0; i < 20; i++) {
			RawClient.Answer answer = call("job-" + i);
			assertThat(answer.status() + " " + answer.body())
				.matches("500 .*\"Code\":\"InternalError\".*|503 .*\"code\":\"ServiceUnavailable\".*");
		}
	}

	@Test
	void aResetIsOneAtTheTcpLevel() throws IOException {
		switchOn(Fault.RESET);

		RawClient.Answer answer = call("job-1");

		assertThat(answer).isEqualTo(new RawClient.Answer("", "", RawClient.End.RESET));
	}

	@Test
	void aCutBodyIsShorterThanPromisedAndThenClosed() throws IOException {
		switchOn(Fault.CUT_BODY);

		RawClient.Answer answer = call("job-1");

		assertThat(answer.end()).isEqualTo(RawClient.End.CLOSED);
		assertHalf(answer);
	}

	@Test
	void htmlOrNothingComesFromAGatewayThatKnowsNoJson() throws IOException {
		switchOn(Fault.HTML);

		for (int i = 0; i < 20; i++) {
			RawClient.Answer answer = call("job-" + i);
			assertThat(answer.status() + " " + answer.body()).matches("502 <html>.*</html>|503 ");
			assertThat(answer.header("Content-Type")).isEqualTo("text/html");
		}
	}

	@Test
	void aStalledBodyNeitherContinuesNorEnds() throws IOException {
		switchOn(Fault.STALL);

		RawClient.Answer answer = call("job-1");

		assertThat(answer.end()).isEqualTo(RawClient.End.SILENCE);
		assertHalf(answer);
	}

	@Test
	void aDrippingBodyIsNeitherSilentNorDone() throws IOException {
		switchOn(Fault.DRIP);
		try (RawClient client = new RawClient(this.simulator.endpoint())) {
			client.begin(TestCall.forJob("job-1").wire(this.simulator.endpoint()));

			String received = client.readTimes(20);

			assertThat(received).contains("{\"RequestId\":");
			assertThat(received).as("the last of what is never silent").endsWith("     ");
		}
	}

	@ParameterizedTest
	@EnumSource(value = Fault.class, names = { "STALL", "DRIP" })
	void closingTheSimulatorEndsASlowBody(Fault fault) throws IOException {
		switchOn(fault);
		try (RawClient client = new RawClient(this.simulator.endpoint())) {
			client.begin(TestCall.forJob("job-1").wire(this.simulator.endpoint()));
			client.readTimes(1);

			this.simulator.close();

			assertThat(client.send("").end()).isIn(RawClient.End.CLOSED, RawClient.End.RESET);
		}
	}

	@Test
	void anErrorIn200HasACodeAndNoJob() throws IOException {
		switchOn(Fault.ERROR_IN_200);

		RawClient.Answer answer = call("job-1");

		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.body()).contains("\"Code\":").doesNotContain("\"JobId\"", "\"State\"");
	}

	@Test
	void aClientThatRetriesGetsThroughAfterTwoFaults() throws IOException {
		this.simulator.change(
				(options) -> TestOptions.withMaxFaultsInARow(options.withFaults(Map.of(Fault.SERVER_ERROR, 1.0)), 2));

		assertThat(call("job-1").status()).isGreaterThanOrEqualTo(500);
		assertThat(call("job-1").status()).isGreaterThanOrEqualTo(500);
		assertThat(call("job-1").status()).isEqualTo(200);
		assertThat(call("job-1").status()).as("the row starts again").isGreaterThanOrEqualTo(500);
	}

	@Test
	void anOutageBeginsAndEnds() throws IOException {
		assertThat(call("job-1").status()).isEqualTo(200);
		switchOn(Fault.SERVER_ERROR);
		assertThat(call("job-1").status()).isGreaterThanOrEqualTo(500);
		this.simulator.change((options) -> options.withFaults(Map.of()));
		assertThat(call("job-1").status()).isEqualTo(200);
	}

	@Test
	void anAnswerTakesTheLatencyThatIsAskedFor() throws IOException {
		this.simulator.change((options) -> options.withLatency(Duration.ofMillis(60), Duration.ofMillis(80)));
		long start = System.nanoTime();

		call("job-1");

		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(60));
	}

	private void switchOn(Fault fault) {
		this.simulator.change((options) -> options.withFaults(Map.of(fault, 1.0)));
	}

	private RawClient.Answer call(String jobId) throws IOException {
		return RawClient.send(this.simulator, TestCall.forJob(jobId));
	}

	private static void assertHalf(RawClient.Answer answer) {
		int promised = Integer.parseInt(answer.header("Content-Length"));
		assertThat(answer.body()).startsWith("{\"RequestId\":");
		assertThat(answer.body().getBytes(StandardCharsets.UTF_8).length).isLessThan(promised);
	}

}
