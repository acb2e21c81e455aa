package io.jobaudit.simulator;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;

import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;

/**
 * Half of a response, then one byte after the other: never silent, never complete.
 *
 * @param whole the complete response
 */
record DrippingReply(WholeReply whole) implements Reply {

	private static final long MILLIS_BETWEEN_BYTES = 50;

	private static final long BYTES = 100_000;

	@Override
	public void sendTo(Caller caller) throws IOException, HttpException {
		ClassicHttpResponse response = this.whole.head();
		byte[] body = this.whole.bytes();
		response.setEntity(new HalfEntity(body, body.length + BYTES, DrippingReply::drip));
		caller.submit(response);
	}

	/** Until the caller hangs up. */
	private static void drip(OutputStream stream) throws IOException {
		while (true) {
			stream.write(' ');
			stream.flush();
			pause();
		}
	}

	private static void pause() throws InterruptedIOException {
		try {
			TimeUnit.MILLISECONDS.sleep(MILLIS_BETWEEN_BYTES);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new InterruptedIOException("the simulator was closed");
		}
	}

}
