package io.jobaudit.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** A credentials URI on loopback that gives the simulator's key with a token. */
final class CredentialsServer implements AutoCloseable {

	private final HttpServer server;

	private final AtomicInteger reads = new AtomicInteger();

	private volatile String token;

	CredentialsServer(String token) {
		this.token = token;
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.createContext("/", this::answer);
		this.server.start();
	}

	/** For {@code ALIBABA_CLOUD_CREDENTIALS_URI}. */
	String uri() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort() + "/";
	}

	void give(String newToken) {
		this.token = newToken;
	}

	/** How often the credentials were read. */
	int reads() {
		return this.reads.get();
	}

	private void answer(HttpExchange exchange) throws IOException {
		this.reads.incrementAndGet();
		byte[] body = """
				{"Code":"Success","AccessKeyId":"simulator","AccessKeySecret":"simulator-secret",\
				"SecurityToken":"%s","Expiration":"%s"}""".formatted(this.token, inAnHour())
			.getBytes(StandardCharsets.UTF_8);
		exchange.sendResponseHeaders(200, body.length);
		exchange.getResponseBody().write(body);
		exchange.close();
	}

	private static Instant inAnHour() {
		return Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
