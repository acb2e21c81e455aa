package io.jobaudit.simulator;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;

import io.jobaudit.simulator.Simulator.CallHandler;
import org.apache.commons.io.function.IOBiConsumer;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.HttpServerRequestHandler.ResponseTrigger;
import org.apache.hc.core5.http.io.entity.EntityTemplate;

/** Replies that do not arrive, or not whole. */
final class BrokenReply {

	private BrokenReply() {
	}

	/** No response at all: the connection ends by RST rather than FIN. */
	static void reset(Socket caller, ResponseTrigger trigger) throws IOException {
		caller.setSoLinger(true, 0);
		caller.close();
		throw new ConnectionClosedException("reset on purpose");
	}

	/** Half of a response, then the connection is closed. */
	static Reply cut(WholeReply whole) {
		return half(whole, 0, (caller, stream) -> {
			throw new ConnectionClosedException("cut on purpose");
		});
	}

	/** Half of a response, then silence until either end closes the connection. */
	static Reply stalled(WholeReply whole) {
		return half(whole, 0, (caller, stream) -> {
			int read = caller.getInputStream().read();
			throw new ConnectionClosedException((read < 0) ? "the caller gave up" : "the caller sent more data");
		});
	}

	/** Half of a response, then byte by byte: never silent, never complete. */
	static Reply dripping(WholeReply whole) {
		return half(whole, 100_000, (caller, stream) -> {
			while (true) {
				stream.write(' ');
				stream.flush();
				CallHandler.pause(Duration.ofMillis(50));
			}
		});
	}

	/** What then comes instead of the second half of a body must end by an exception. */
	private static Reply half(WholeReply whole, long moreAnnounced, IOBiConsumer<Socket, OutputStream> then) {
		return (caller, trigger) -> {
			byte[] body = whole.bytes();
			ClassicHttpResponse response = whole.head();
			response.setEntity(new EntityTemplate(body.length + moreAnnounced, null, null, (stream) -> {
				stream.write(body, 0, body.length / 2);
				stream.flush();
				then.accept(caller, stream);
			}));
			trigger.submitResponse(response);
		};
	}

	/** What a caller sees on the wire. */
	interface Reply {

		/** Blocks until everything is written. */
		void sendTo(Socket caller, ResponseTrigger trigger) throws IOException, HttpException;

	}

}
