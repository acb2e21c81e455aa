package io.jobaudit.simulator;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import io.jobaudit.simulator.BrokenReply.Reply;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.HttpServerRequestHandler.ResponseTrigger;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;

/**
 * A complete HTTP response.
 *
 * @param headers headers besides those of the connection
 */
record WholeReply(int status, Map<String, String> headers, byte[] bytes) implements Reply {

	private static final String CONTENT_TYPE = "Content-Type";

	static WholeReply json(int status, String requestId, String body) {
		return new WholeReply(status,
				Map.of("x-acs-request-id", requestId, CONTENT_TYPE, "application/json;charset=utf-8"), utf8(body));
	}

	/** A response that does not come from the API. */
	static WholeReply foreign(int status, String contentType, String body) {
		return new WholeReply(status, Map.of(CONTENT_TYPE, contentType), utf8(body));
	}

	WholeReply withRetryAfter(long millis) {
		Map<String, String> more = new HashMap<>(this.headers);
		more.put("x-acs-retry-after", Long.toString(millis));
		return new WholeReply(this.status, more, this.bytes);
	}

	/** The same with half of the body, and the length of that half. */
	WholeReply garbled() {
		return new WholeReply(this.status, this.headers, Arrays.copyOf(this.bytes, this.bytes.length / 2));
	}

	/** The same with another body, and some other headers. */
	WholeReply with(byte[] body, Map<String, String> otherHeaders) {
		Map<String, String> more = new HashMap<>(this.headers);
		more.putAll(otherHeaders);
		return new WholeReply(this.status, more, body);
	}

	ClassicHttpResponse head() {
		ClassicHttpResponse response = new BasicClassicHttpResponse(this.status);
		this.headers.forEach(response::setHeader);
		return response;
	}

	@Override
	public void sendTo(Socket caller, ResponseTrigger trigger) throws IOException, HttpException {
		ClassicHttpResponse response = head();
		response.setEntity(new ByteArrayEntity(this.bytes, null));
		trigger.submitResponse(response);
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
