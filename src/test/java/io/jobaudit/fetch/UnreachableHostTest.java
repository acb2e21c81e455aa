package io.jobaudit.fetch;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.sun.net.httpserver.HttpServer;
import io.jobaudit.AuditException;
import io.jobaudit.ExitStatus;
import io.jobaudit.Outcome;
import io.jobaudit.fetch.RealFetch.Result;
import io.jobaudit.fetch.api.UntrustedServer;
import io.jobaudit.simulator.Simulator;
import io.jobaudit.simulator.SimulatorOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** Calls that do not reach the API: what waiting cannot help ends the run at once. */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class UnreachableHostTest {

	private static final List<String> IDS = RealFetch.ids(20);

	private static final Duration FOR_EVER = Duration.ofHours(1);

	@TempDir
	private Path directory;

	@Test
	void anUntrustedCertificateEndsTheRunBeforeAnythingIsSent() throws Exception {
		try (UntrustedServer server = UntrustedServer.start(this.directory)) {
			assertEndsAtOnce(server.endpoint(),
					"calls do not reach the API: 127.0.0.1 has a certificate that is not accepted",
					"valid certification path", "-Djavax.net.ssl.trustStore", "audit.api.endpoint", "audit.api.proxy");
			assertThat(server.connections()).isEqualTo(1);
			assertThat(server.requestBytes()).isZero();
		}
	}

	@ParameterizedTest
	@CsvSource({ "127.0.0.2, -0d, alternative names", "127.0.0.1, -3d, NotAfter" })
	void aTrustedCertificateOfAnotherHostOrTimeDoesSoToo(String address, String begin, String reason) throws Exception {
		try (UntrustedServer server = UntrustedServer.start(this.directory, address, begin)) {
			UntrustedServer.trusting(this.directory, () -> {
				assertEndsAtOnce(server.endpoint(), "127.0.0.1 has a certificate that is not accepted", reason);
				return null;
			});
			assertThat(server.requestBytes()).isZero();
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 301, 302, 303, 307, 308 })
	void aRedirectEndsTheRunAndIsNotFollowed(int status) throws Exception {
		HttpServer server = redirecting(status, "https://login.example:444/sso?token=secret");
		try {
			assertEndsAtOnce(URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
					"HTTP %d Redirect: 127.0.0.1 answers with a redirect to https://login.example:444;"
						.formatted(status),
					"audit.api.endpoint", "audit.api.proxy");
		}
		finally {
			server.stop(0);
		}
	}

	@Test
	void afterAnAnswerOfTheApiARedirectIsAnOutage() throws Exception {
		Simulator simulator = Simulator.start(SimulatorOptions.defaults());
		URI endpoint = simulator.endpoint();
		try (RealFetch fetch = new RealFetch(endpoint, 0, 4, Duration.ofSeconds(1))) {
			assertThat(fetch.run(IDS).outcomes()).isEqualTo(Map.of(Outcome.FETCHED, 20L));
			simulator.close();
			HttpServer server = redirecting(302, "https://login.example/", endpoint.getPort());
			try {
				assertThat(fetch.run(IDS).failure()).isInstanceOf(ApiOutageException.class)
					.hasMessageContaining("for PT1S (audit.api.outage-patience)")
					.hasMessageContaining("redirect to https://login.example;");
			}
			finally {
				server.stop(0);
			}
		}
	}

	@Test
	void aHostWithoutAnAddressIsNamedAtOnceAndWaitedFor(CapturedOutput output) throws Exception {
		try (RealFetch fetch = new RealFetch(URI.create("https://host.invalid"), 0, 4, Duration.ofSeconds(1))) {
			Result result = fetch.run(IDS);

			assertThat(result.jobs()).isEmpty();
			assertThat(result.failure()).isInstanceOf(ApiOutageException.class)
				.hasMessageContaining("for PT1S (audit.api.outage-patience)")
				.hasMessageContaining("unknown host host.invalid");
			assertThat(output)
				.containsPattern("WARN .*The API is unavailable, waiting for it: .*unknown host host.invalid");
		}
	}

	private static void assertEndsAtOnce(URI endpoint, String... message) throws Exception {
		try (RealFetch fetch = new RealFetch(endpoint, 0, 4, FOR_EVER, Duration.ofSeconds(10))) {
			Result result = fetch.run(IDS);

			assertThat(result.jobs()).isEmpty();
			AuditException failure = (AuditException) Objects.requireNonNull(result.failure());
			assertThat(failure).hasMessageContainingAll(message);
			assertThat(failure.getMessage()).doesNotContain("secret");
			assertThat(failure.status()).isEqualTo(ExitStatus.UNAVAILABLE);
			assertThat(fetch.usage().calls()).isEqualTo(1);
		}
	}

	private static HttpServer redirecting(int status, String location) throws Exception {
		return redirecting(status, location, 0);
	}

	private static HttpServer redirecting(int status, String location, int port) throws Exception {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
		server.createContext("/", (exchange) -> {
			exchange.getResponseHeaders().set("Location", location);
			exchange.sendResponseHeaders(status, -1);
			exchange.close();
		});
		server.start();
		return server;
	}

}
