package io.jobaudit.simulator;

import java.io.IOException;

import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;

/**
 * Half of a response, then the connection is closed.
 *
 * @param whole the complete response
 */
record CutReply(WholeReply whole) implements Reply {

	@Override
	public void sendTo(Caller caller) throws IOException, HttpException {
		ClassicHttpResponse response = this.whole.head();
		response.setEntity(new HalfEntity(this.whole.bytes(), (stream) -> close()));
		caller.submit(response);
	}

	private static void close() throws IOException {
		throw new ConnectionClosedException("cut on purpose");
	}

}
