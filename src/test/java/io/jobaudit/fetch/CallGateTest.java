package io.jobaudit.fetch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CallGateTest {

	@Test
	void isAskedOnceTheConnectionOfTheCallIsThere() throws Exception {
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			server.setSoTimeout(5_000);
			URI endpoint = URI.create("http://127.0.0.1:" + server.getLocalPort());
			try (RealFetch fetch = new RealFetch(endpoint, () -> refuseOnceConnected(server))) {
				assertThat(fetch.run(List.of("job-1")).failure()).hasMessage("taken");
			}
		}
	}

	private static void refuseOnceConnected(ServerSocket server) {
		try {
			server.accept().close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		throw new IllegalStateException("taken");
	}

}
