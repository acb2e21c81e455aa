package io.jobaudit.notify;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

import io.jobaudit.FailureReason;
import io.jobaudit.HttpProxy;
import io.jobaudit.PrintableText;
import org.apache.hc.client5.http.classic.methods.HttpHead;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.jspecify.annotations.Nullable;

/** Posts a message, up to three times if the server fails; not after a time-out. */
record Webhook(URI url, WebhookFormat format, @Nullable String secret, @Nullable String proxy) {

	/**
	 * Sends a notification.
	 * @throws IOException if it is not accepted; the message names only the host
	 */
	void send(NotificationText text) throws IOException {
		try (CloseableHttpClient http = client()) {
			for (int attempt = 1; !sent(http, text, attempt == 3); attempt++) {
				continue;
			}
		}
	}

	/**
	 * Checks that its host answers, and sends no message.
	 * @throws IOException if it does not; the message names only the host
	 */
	void check() throws IOException {
		try (CloseableHttpClient http = client()) {
			int status = http.execute(new HttpHead(this.url.resolve("/")), ClassicHttpResponse::getCode);
			if (status == HttpStatus.SC_PROXY_AUTHENTICATION_REQUIRED) {
				throw new IOException("the proxy asks for a user and a password");
			}
		}
		catch (IOException ex) {
			throw new IOException("the webhook at " + this.url.getHost() + " does not answer: " + FailureReason.of(ex),
					ex);
		}
	}

	private CloseableHttpClient client() {
		return HttpProxy.of(this.proxy).client(Duration.ofSeconds(3), Duration.ofSeconds(5), 1);
	}

	private boolean sent(CloseableHttpClient http, NotificationText text, boolean last) throws IOException {
		Instant now = Instant.now();
		HttpPost post = new HttpPost(this.format.target(this.url, this.secret, now));
		post.setEntity(new StringEntity(this.format.body(text, this.secret, now).toString(),
				ContentType.APPLICATION_JSON.withCharset(StandardCharsets.UTF_8)));
		try {
			return http.execute(post, (response) -> isAccepted(response, last));
		}
		catch (IOException ex) {
			if (last || ex instanceof RefusedException || ex instanceof InterruptedIOException) {
				throw new IOException(
						"the webhook at " + this.url.getHost() + " did not accept the message: " + FailureReason.of(ex),
						ex);
			}
			return false;
		}
	}

	private boolean isAccepted(ClassicHttpResponse response, boolean last) throws IOException {
		String answer;
		try {
			answer = (response.getEntity() != null) ? EntityUtils.toString(response.getEntity(), 64 * 1024) : "";
		}
		catch (ParseException ex) {
			answer = "";
		}
		boolean accepted = response.getCode() / 100 == 2 && this.format.accepts(answer);
		if (!accepted && (last || response.getCode() / 100 != 5)) {
			throw new RefusedException("status %d, %s".formatted(response.getCode(),
					PrintableText.of(answer.substring(0, Math.min(answer.length(), 200)))));
		}
		return accepted;
	}

	/** An answer that another attempt would not change. */
	private static final class RefusedException extends IOException {

		private static final long serialVersionUID = 1L;

		RefusedException(String message) {
			super(message);
		}

	}

}
