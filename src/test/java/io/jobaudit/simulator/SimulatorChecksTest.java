package io.jobaudit.simulator;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SimulatorChecksTest {

	private final Simulator simulator = Simulator.start(SimulatorOptions.defaults());

	@AfterEach
	void stop() {
		this.simulator.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "POST", "GET" })
	void aCallThatIsSignedWellGetsItsJob(String method) throws IOException {
		String wire = TestCall.forJob("job-1").wire(this.simulator.endpoint(), method);

		RawClient.Answer answer = RawClient.send(this.simulator, wire);

		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.header("Content-Type")).isEqualTo("application/json;charset=utf-8");
		assertThat(answer.body()).isEqualTo(job("job-1").body(answer.header("x-acs-request-id")));
	}

	@Test
	void aConnectionServesManyCalls() throws IOException {
		try (RawClient client = new RawClient(this.simulator.endpoint())) {
			client.send(TestCall.forJob("job-1").wire(this.simulator.endpoint()));
			RawClient.Answer second = client.send(TestCall.forJob("job-2").wire(this.simulator.endpoint()));

			assertThat(second.body()).isEqualTo(job("job-2").body(second.header("x-acs-request-id")));
		}
	}

	@ParameterizedTest
	@CsvSource({ "JobId=job-1, JobId=job-2", "x-acs-signature-nonce: , x-acs-signature-nonce: f", "POST, PUT",
			"Signature=, Signature=0", "Content-Length: 0, x-acs-more: 0" })
	void aCallThatWasTamperedWithIsRefused(String from, String to) throws IOException {
		String wire = TestCall.forJob("job-1").wire(this.simulator.endpoint());

		RawClient.Answer answer = RawClient.send(this.simulator, wire.replace(from, to));

		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.body()).containsAnyOf("\"Code\":\"SignatureDoesNotMatch\"",
				"\"Code\":\"IncompleteSignature\"");
		assertThat(this.simulator.statistics().badSignatures()).isEqualTo(1);
	}

	@Test
	void aBodyOtherThanTheSignedOneIsRefused() throws IOException {
		String wire = TestCall.forJob("job-1").wire(this.simulator.endpoint());

		RawClient.Answer answer = RawClient.send(this.simulator,
				wire.replace("Content-Length: 0\r\n\r\n", "Content-Length: 2\r\n\r\n{}"));

		assertThat(answer.body()).contains("\"Code\":\"SignatureDoesNotMatch\"");
	}

	@Test
	void aWrongSecretIsRefused() throws IOException {
		assertRefused(TestCall.forJob("job-1").withKey("simulator", "guessed"), 400, "SignatureDoesNotMatch");
	}

	@Test
	void anUnknownKeyIsRefusedWith404() throws IOException {
		assertRefused(TestCall.forJob("job-1").withKey("someone", "simulator-secret"), 404,
				"InvalidAccessKeyId.NotFound");
		assertThat(this.simulator.statistics().otherErrors()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "x-acs-action", "x-acs-version", "x-acs-date", "x-acs-signature-nonce",
			"x-acs-content-sha256", "Authorization" })
	void aCallWithoutARequiredHeaderIsRefused(String name) throws IOException {
		String wire = TestCall.forJob("job-1").wire(this.simulator.endpoint());

		RawClient.Answer answer = RawClient.send(this.simulator, wire.replaceFirst(name + ": .*\r\n", ""));

		assertThat(answer.body()).contains("\"Code\":\"IncompleteSignature\"").containsIgnoringCase(name);
	}

	@ParameterizedTest
	@ValueSource(longs = { -16, 16 })
	void aDateMoreThanAQuarterOfAnHourOffIsRefused(long minutes) throws IOException {
		Instant date = Instant.now().plus(minutes, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.SECONDS);

		assertRefused(TestCall.forJob("job-1").withHeader("x-acs-date", date.toString()), 400,
				"InvalidTimeStamp.Expired");
		assertThat(this.simulator.statistics().staleDates()).isEqualTo(1);
	}

	@Test
	void aDateInAnotherFormatIsRefused() throws IOException {
		assertRefused(TestCall.forJob("job-1").withHeader("x-acs-date", "Fri, 20 Nov 2026 10:00:00 GMT"), 400,
				"InvalidTimeStamp.Format");
	}

	@Test
	void aNonceServesOnce() throws IOException {
		String wire = TestCall.forJob("job-1").wire(this.simulator.endpoint());

		RawClient.Answer first = RawClient.send(this.simulator, wire);
		RawClient.Answer second = RawClient.send(this.simulator, wire);

		assertThat(first.status()).isEqualTo(200);
		assertThat(second.status()).isEqualTo(400);
		assertThat(second.body()).contains("\"Code\":\"SignatureNonceUsed\"");
		assertThat(this.simulator.statistics().replayedNonces()).isEqualTo(1);
	}

	@Test
	void onlyTheOneActionIsKnown() throws IOException {
		assertRefused(TestCall.forJob("job-1").withHeader("x-acs-action", "DeleteEverything"), 404,
				"InvalidAction.NotFound");
		assertRefused(TestCall.forJob("job-1").withHeader("x-acs-version", "2014-05-26"), 404, "NoSuchVersion");
	}

	@Test
	void aSecurityTokenIsAskedForWhenThereIsOne() throws IOException {
		this.simulator.change((options) -> TestOptions.withSecurityToken(options, "today"));

		assertRefused(TestCall.forJob("job-1"), 400, "InvalidSecurityToken.Malformed");
		assertRefused(TestCall.forJob("job-1").withHeader("x-acs-security-token", "yesterday"), 400,
				"InvalidSecurityToken.Expired");
		TestCall good = TestCall.forJob("job-1").withHeader("x-acs-security-token", "today");
		assertThat(RawClient.send(this.simulator, good).status()).isEqualTo(200);
	}

	@ParameterizedTest
	@CsvSource({ "unknown-1, 404, ResourceNotFound", "refused-1, 400, InvalidParameter.JobId",
			"a_b, 400, InvalidParameter.JobId", "broken-1, 500, InternalError" })
	void whatAnIdBeginsWithSteersItsAnswer(String jobId, int status, String code) throws IOException {
		assertRefused(TestCall.forJob(jobId), status, code);
	}

	@Test
	void aGarbledIdIsAnsweredWithHalfAJob() throws IOException {
		RawClient.Answer answer = RawClient.send(this.simulator, TestCall.forJob("garbled-1"));

		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.end()).isEqualTo(RawClient.End.COMPLETE);
		assertThat(answer.body()).startsWith("{\"RequestId\":").doesNotEndWith("}");
	}

	@Test
	void anOddIdIsAnsweredWithAnUnknownCode() throws IOException {
		RawClient.Answer answer = RawClient.send(this.simulator, TestCall.forJob("odd-1"));

		assertThat(answer.status()).isIn(400, 418);
		assertThat(answer.body()).contains("\"Code\":\"UnsupportedTeapot\"");
	}

	@Test
	void aPortThatIsTakenIsNamed() {
		int port = this.simulator.endpoint().getPort();

		assertThatThrownBy(() -> Simulator.start(SimulatorOptions.defaults().withPort(port)))
			.hasMessageContaining("port " + port);
	}

	private void assertRefused(TestCall call, int status, String code) throws IOException {
		RawClient.Answer answer = RawClient.send(this.simulator, call);

		assertThat(answer.status()).isEqualTo(status);
		assertThat(answer.body()).contains("\"Code\":\"" + code + "\"", "\"HostId\":\"127.0.0.1:");
		assertThat(answer.header("x-acs-request-id")).isNotEmpty();
	}

	private static SimulatedJob job(String jobId) {
		return SimulatedJobs.of(jobId).orElseThrow();
	}

}
