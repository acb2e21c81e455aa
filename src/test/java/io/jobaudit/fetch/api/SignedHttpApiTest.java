package io.jobaudit.fetch.api;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ScheduledThreadPoolExecutor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jobaudit.EndlessHeaders;
import io.jobaudit.HttpProxy;
import io.jobaudit.RealProxy;
import io.jobaudit.SmartJobId;
import io.jobaudit.Ticker;
import io.jobaudit.simulator.Fault;
import io.jobaudit.simulator.SimulatedJob;
import io.jobaudit.simulator.SimulatedJobs;
import io.jobaudit.simulator.Simulator;
import io.jobaudit.simulator.SimulatorOptions;
import io.jobaudit.simulator.TestOptions;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Real HTTP, with the signature checked by the other side. */
class SignedHttpApiTest {

	private static final JobRequest ID = new JobRequest(new SmartJobId("0a1b2c3d4e5f60718293a4b5c6d7e8f9"));

	private final Simulator simulator = Simulator
		.start(TestOptions.withMaxFaultsInARow(SimulatorOptions.defaults(), 0));

	private final ScheduledThreadPoolExecutor deadlines = new ScheduledThreadPoolExecutor(1);

	private final List<CredentialsSource.Credentials> renewed = new ArrayList<>();

	private @Nullable String proxy;

	private Duration attemptTimeout = Duration.ofSeconds(30);

	private CredentialsSource.Credentials key = new CredentialsSource.Credentials("simulator", "simulator-secret",
			null);

	@AfterEach
	void close() {
		this.deadlines.shutdownNow();
		this.simulator.close();
	}

	@Test
	void aSignedCallIsAnsweredWithTheJob() throws Exception {
		SimulatedJob truth = SimulatedJobs.of(ID.id().value()).orElseThrow();

		ApiAnswer answer = api("16MB").get(ID);

		ApiAnswer.JobAnswer job = (ApiAnswer.JobAnswer) answer;
		assertThat(job.body().get("State").asString()).isEqualTo(truth.state());
		assertThat(job.requestId()).isNotEmpty();
		assertThat(this.simulator.statistics().badSignatures()).isZero();
	}

	@Test
	void aTokenIsSignedToo() throws Exception {
		this.simulator.change((options) -> TestOptions.withSecurityToken(options, "the-token"));
		this.key = new CredentialsSource.Credentials("simulator", "simulator-secret", "the-token");

		assertThat(api("16MB").get(ID)).isInstanceOf(ApiAnswer.JobAnswer.class);
		assertThat(this.renewed).isEmpty();
	}

	@Test
	void anExpiredKeyIsReadAgainAndNoOther() throws Exception {
		this.simulator.change((options) -> TestOptions.withSecurityToken(options, "the-token-of-today"));
		CredentialsSource.Credentials old = new CredentialsSource.Credentials("simulator", "simulator-secret",
				"the-token-of-yesterday");
		this.key = old;

		ApiError error = (ApiError) api("16MB").get(ID);

		assertThat(error.errorClass()).isEqualTo(ErrorClass.TOKEN);
		assertThat(this.renewed).containsExactly(old);
	}

	@Test
	void aWrongSecretIsFatal() throws Exception {
		this.key = new CredentialsSource.Credentials("simulator", "wrong", null);

		ApiError error = (ApiError) api("16MB").get(ID);

		assertThat(error.errorClass()).isEqualTo(ErrorClass.FATAL);
		assertThat(error.code()).isEqualTo("SignatureDoesNotMatch");
	}

	@Test
	void anErrorThatQuotesTheTokenIsKeptWithoutAnyOfIt() throws Exception {
		String token = "token-that-is-longer-than-a-message-may-be-".repeat(60);
		this.simulator.change((options) -> TestOptions.withSecurityToken(options, token));
		this.key = new CredentialsSource.Credentials("simulator", "wrong", token);

		ApiError error = (ApiError) api("16MB").get(ID);

		assertThat(error.describe()).contains("SignatureDoesNotMatch", "x-acs-security-token:***")
			.doesNotContain("token-that");
	}

	@ParameterizedTest
	@EnumSource(value = Fault.class,
			names = { "SERVER_ERROR", "RESET", "CUT_BODY", "HTML", "STALL", "DRIP", "ERROR_IN_200" })
	void aFaultOfTheWireIsTransient(Fault fault) throws Exception {
		this.simulator.change((options) -> options.withFaults(Map.of(fault, 1.0)));
		this.attemptTimeout = Duration.ofSeconds(1);

		ApiError error = (ApiError) api("16MB").get(ID);

		assertThat(error.errorClass()).as(error.describe()).isEqualTo(ErrorClass.TRANSIENT);
		assertThat(this.simulator.statistics().calls()).as("nothing is sent twice behind our back").isEqualTo(1);
	}

	@ParameterizedTest
	@EnumSource(value = Fault.class, names = { "THROTTLE", "RETRY_HINT" })
	void throttlingIsRecognized(Fault fault) throws Exception {
		this.simulator.change((options) -> options.withFaults(Map.of(fault, 1.0)));

		ApiError error = (ApiError) api("16MB").get(ID);

		assertThat(error.errorClass()).isEqualTo(ErrorClass.THROTTLED);
		assertThat(error.hint().isZero()).isEqualTo(fault == Fault.THROTTLE);
	}

	@Test
	void aStalledAnswerEndsAtTheDeadlineOfTheAttempt() throws Exception {
		this.simulator.change((options) -> options.withFaults(Map.of(Fault.STALL, 1.0)));
		this.attemptTimeout = Duration.ofSeconds(1);

		ApiError error = (ApiError) api("16MB").get(ID);

		assertThat(error.code()).isEqualTo("AttemptTimeout");
	}

	@Test
	void aStopBeforeThereIsAConnectionIsAStop() {
		SignedHttpApi api = api("16MB");

		Thread.currentThread().interrupt();

		assertThatExceptionOfType(CallNotSentException.class).isThrownBy(() -> api.get(ID))
			.withMessageContaining(ID.id().value());
		assertThat(this.simulator.statistics().calls()).isZero();
	}

	@Test
	void aClosedPortIsTransient() throws Exception {
		SignedHttpApi api = api("16MB");
		this.simulator.close();

		assertThat(((ApiError) api.get(ID)).errorClass()).isEqualTo(ErrorClass.TRANSIENT);
	}

	@Test
	void aBodyBeyondTheLimitIsNotRead() throws Exception {
		ApiError error = (ApiError) api("100B").get(ID);

		assertThat(error.code()).isEqualTo("AnswerTooLarge");
		assertThat(error.errorClass()).isEqualTo(ErrorClass.UNUSABLE);
		assertThat(error.message()).contains("audit.api.max-answer-size", "100B");
	}

	@ParameterizedTest
	@CsvSource({ "huge-1, AnswerTooLarge", "bomb-1, AnswerTooLarge", "deep-1, BeyondReach" })
	void whatNoRetryCanHelpIsReportedAtOnce(String id, String code) throws Exception {
		ApiError error = (ApiError) api("1MB").get(new JobRequest(new SmartJobId(id)));

		assertThat(error.errorClass()).as(error.describe()).isEqualTo(ErrorClass.UNUSABLE);
		assertThat(error.code()).isEqualTo(code);
	}

	@Test
	void aBodyWithoutAnEndIsNeitherReadNorDrained() throws Exception {
		HttpServer endless = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		endless.createContext("/", SignedHttpApiTest::writeForEver);
		endless.start();
		try {
			URI endpoint = URI.create("http://127.0.0.1:" + endless.getAddress().getPort());

			ApiError error = (ApiError) api("1MB", endpoint).get(ID);

			assertThat(error.code()).isEqualTo("AnswerTooLarge");
		}
		finally {
			endless.stop(0);
		}
	}

	@ParameterizedTest
	@EnumSource
	void headersWithoutAnEndAreNotRead(EndlessHeaders.Kind kind) throws Exception {
		try (EndlessHeaders server = new EndlessHeaders(kind)) {
			ApiError error = (ApiError) api("16MB", server.url()).get(ID);

			assertThat(error.describe())
				.isEqualTo("the answer has more than 100 header lines, or one longer than 16 KB");
			assertThat(error.errorClass()).isEqualTo(ErrorClass.TRANSIENT);
			assertThat(server.written()).as("what the sockets hold").isLessThan(16 << 20);
		}
	}

	@Test
	void headersOfAProxyWithoutAnEndAreNotReadEither() throws Exception {
		try (EndlessHeaders server = new EndlessHeaders(EndlessHeaders.Kind.LINE)) {
			this.proxy = server.url().toString();
			ApiError error = (ApiError) api("16MB", URI.create("https://api.example")).get(ID);

			assertThat(error.describe())
				.isEqualTo("the answer has more than 100 header lines, or one longer than 16 KB");
		}
	}

	private static void writeForEver(HttpExchange exchange) throws IOException {
		exchange.sendResponseHeaders(200, 0);
		try (OutputStream body = exchange.getResponseBody()) {
			while (true) {
				body.write(new byte[8192]);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "trailing-1", "doubled-1", "empty-1", "array-1", "null-1", "utf16-1", "control-1",
			"garbled-1", "other-1" })
	void whatMayBeAMishapIsTransient(String id) throws Exception {
		ApiError error = (ApiError) api("16MB").get(new JobRequest(new SmartJobId(id)));

		assertThat(error.errorClass()).as(error.describe()).isEqualTo(ErrorClass.TRANSIENT);
		assertThat(error.code()).isEqualTo(id.equals("other-1") ? "WrongJobId" : "NotJson");
	}

	@ParameterizedTest
	@ValueSource(strings = { "gbk-1", "bom-1", "twice-1", "numbers-1" })
	void aJobThatIsOddlyWrittenIsAJob(String id) throws Exception {
		ApiAnswer.JobAnswer job = (ApiAnswer.JobAnswer) api("16MB").get(new JobRequest(new SmartJobId(id)));

		assertThat(job.body().get("State").asString()).isEqualTo(SimulatedJobs.of(id).orElseThrow().state());
		assertThat(job.bytesReplaced()).isEqualTo(id.startsWith("gbk"));
		assertThat(job.duplicateFields()).isEqualTo(id.startsWith("twice") ? List.of("State") : List.of());
	}

	@ParameterizedTest
	@CsvSource({ "'', ''", "u:secret-1@, BasicAuth u secret-1" })
	void callsGoThroughAProxyWithAndWithoutLogin(String user, String settings, @TempDir Path directory)
			throws Exception {
		URI endpoint = URI.create("https://" + RealProxy.ownAddress() + ":9");
		try (RealProxy proxy = RealProxy.start(directory, settings)) {
			this.proxy = proxy.url(user);
			ApiError error = (ApiError) api("16MB", endpoint).get(ID);

			assertThat(error.errorClass()).isEqualTo(ErrorClass.TRANSIENT);
			assertThat(proxy.log()).as("it was asked to connect").contains("CONNECT " + endpoint.getAuthority());
			assertThat(error.code()).as("and could not: nobody listens there").isNotEqualTo("ProxyLogin");
		}
	}

	@Test
	void aProxyThatAsksForALoginIsNamed(@TempDir Path directory) throws Exception {
		URI endpoint = URI.create("https://" + RealProxy.ownAddress() + ":9");
		try (RealProxy proxy = RealProxy.start(directory, "BasicAuth u secret-1")) {
			this.proxy = proxy.url("");
			ApiError error = (ApiError) api("16MB", endpoint).get(ID);

			assertThat(error.describe()).isEqualTo("HTTP 407 ProxyLogin: the proxy asks for a user and a password;"
					+ " give them in audit.api.proxy or HTTPS_PROXY");
			assertThat(error.errorClass()).isEqualTo(ErrorClass.TRANSIENT);
		}
	}

	@Test
	void loopbackIsReachedWithoutTheProxy() throws Exception {
		this.proxy = "http://127.0.0.1:9";

		assertThat(api("16MB").get(ID)).isInstanceOf(ApiAnswer.JobAnswer.class);
	}

	private SignedHttpApi api(String maxAnswerSize) {
		return api(maxAnswerSize, this.simulator.endpoint());
	}

	private SignedHttpApi api(String maxAnswerSize, URI endpoint) {
		ApiProperties properties = new ApiProperties("cn-shanghai", endpoint, this.proxy, 0, 4, Duration.ofSeconds(3),
				Duration.ofSeconds(10), this.attemptTimeout, Duration.ofMinutes(1), DataSize.parse(maxAnswerSize),
				List.of("ResourceNotFound"));
		CloseableHttpClient http = HttpProxy.of(this.proxy)
			.client(properties.connectTimeout(), properties.responseTimeout(), properties.concurrency());
		CredentialsSource credentials = new CredentialsSource() {

			@Override
			public CredentialsSource.Credentials get() {
				return SignedHttpApiTest.this.key;
			}

			@Override
			public boolean renew(CredentialsSource.Credentials refused) {
				SignedHttpApiTest.this.renewed.add(refused);
				return true;
			}

		};
		return new SignedHttpApi(http, this.deadlines, properties,
				new Acs3Signer(Clock.systemUTC(), () -> UUID.randomUUID().toString()), credentials, Ticker.SYSTEM);
	}

}
