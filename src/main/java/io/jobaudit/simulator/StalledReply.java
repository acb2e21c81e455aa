package io.jobaudit.simulator;

import java.io.IOException;

import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;

/**
 * Half of a response, then silence.
 *
 * @param whole the complete response
 */
record StalledReply(WholeReply whole) implements Reply {

	@Override
	public void sendTo(Caller caller) throws IOException, HttpException {
		ClassicHttpResponse response = this.whole.head();
		response.setEntity(new HalfEntity(this.whole.bytes(), (stream) -> caller.awaitEnd()));
		caller.submit(response);
	}

}
