package io.jobaudit.fetch;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.jobaudit.fetch.RealFetch.Result;
import io.jobaudit.fetch.api.SelfSignedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Failures before there is a connection: they may pass, so the run waits. */
@Timeout(60)
class UnreachableHostTest {

	private static final List<String> IDS = RealFetch.ids(20);

	private static final Duration PATIENCE = Duration.ofSeconds(1);

	@Test
	void anUntrustedCertificateIsRefusedBeforeAnythingIsSent(@TempDir Path directory) throws Exception {
		try (SelfSignedServer server = SelfSignedServer.start(directory);
				RealFetch fetch = new RealFetch(server.endpoint(), 0, 4, PATIENCE)) {
			Result result = fetch.run(IDS);

			assertThat(result.jobs()).isEmpty();
			assertThat(result.failure()).isInstanceOf(ApiOutageException.class).hasMessageContaining("certificat");
			assertThat(server.connections()).as("tried again and again").isGreaterThan(3);
			assertThat(server.requestBytes()).isZero();
		}
	}

	@Test
	void aHostWithoutAnAddressIsNamed() throws Exception {
		try (RealFetch fetch = new RealFetch(URI.create("https://host.invalid"), 0, 4, PATIENCE)) {
			Result result = fetch.run(IDS);

			assertThat(result.jobs()).isEmpty();
			assertThat(result.failure()).isInstanceOf(ApiOutageException.class)
				.hasMessageContaining("unknown host host.invalid");
		}
	}

}
