package io.jobaudit.simulator;

import java.io.IOException;
import java.net.Socket;

import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.HttpServerRequestHandler.ResponseTrigger;

/** The other end of a connection, waiting for one answer. */
final class Caller {

	private final Socket socket;

	private final ResponseTrigger trigger;

	Caller(Socket socket, ResponseTrigger trigger) {
		this.socket = socket;
		this.trigger = trigger;
	}

	void submit(ClassicHttpResponse response) throws IOException, HttpException {
		this.trigger.submitResponse(response);
	}

	/** Ends the connection by RST rather than FIN. */
	void reset() throws IOException {
		this.socket.setSoLinger(true, 0);
		this.socket.close();
		throw new ConnectionClosedException("reset on purpose");
	}

	/** Blocks until the other end, or the simulator, closes the connection. */
	void awaitEnd() throws IOException {
		int read = this.socket.getInputStream().read();
		throw new ConnectionClosedException((read < 0) ? "the caller gave up" : "the caller sent more data");
	}

}
