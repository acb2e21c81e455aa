package io.jobaudit.simulator;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;

import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.io.HttpServerRequestHandler.ResponseTrigger;
import org.apache.hc.core5.http.io.entity.EntityTemplate;

/** Replies that do not arrive, or not whole. */
final class BrokenReply {

	private static final Duration BETWEEN_BYTES = Duration.ofMillis(50);

	private static final long DRIPPING_BYTES = 100_000;

	private BrokenReply() {
	}

	/** What comes instead of the second half of a body; must end by an exception. */
	private interface Then {

		void run(Socket caller, OutputStream stream) throws IOException;

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

	/**
	 * Half of a response, then one byte after the other until the caller hangs up: never
	 * silent, never complete.
	 */
	static Reply dripping(WholeReply whole) {
		return half(whole, DRIPPING_BYTES, (caller, stream) -> {
			while (true) {
				stream.write(' ');
				stream.flush();
				CallHandler.pause(BETWEEN_BYTES);
			}
		});
	}

	private static Reply half(WholeReply whole, long moreAnnounced, Then then) {
		return (caller, trigger) -> {
			byte[] body = whole.bytes();
			ClassicHttpResponse response = whole.head();
			response.setEntity(new EntityTemplate(body.length + moreAnnounced, null, null, (stream) -> {
				stream.write(body, 0, body.length / 2);
				stream.flush();
				then.run(caller, stream);
			}));
			trigger.submitResponse(response);
		};
	}

}
