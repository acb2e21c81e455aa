package io.jobaudit.fetch.api;

import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.jobaudit.FailureReason;
import io.jobaudit.Ticker;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;

/**
 * One signed POST per call. A POST, because HTTP stacks silently resend a GET, and a
 * nonce is valid only once. A deadline covers the whole attempt, because a slow drip
 * passes every time-out between two reads.
 */
public final class SignedHttpApi implements SmartJobApi {

	private static final String VERSION = "2020-11-09";

	private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

	private static final Pattern HOST = Pattern.compile("https?://[A-Za-z0-9.-]+(:\\d+)?(?=[/?#]|$)");

	private final CloseableHttpClient http;

	private final ScheduledExecutorService deadlines;

	private final ApiProperties properties;

	private final URI target;

	private final Acs3Signer signer;

	private final CredentialsSource credentials;

	private final Ticker time;

	private final TokenRenewal renewal;

	private final ErrorTable errors;

	private final BodyReader bodies;

	/** Header of the last answer. */
	private volatile @Nullable String date;

	public SignedHttpApi(CloseableHttpClient http, ScheduledExecutorService deadlines, ApiProperties properties,
			Acs3Signer signer, CredentialsSource credentials, Ticker time) {
		this.http = http;
		this.deadlines = deadlines;
		this.properties = properties;
		this.target = properties.target();
		this.signer = signer;
		this.credentials = credentials;
		this.time = time;
		this.renewal = new TokenRenewal(credentials, properties.outagePatience(), time);
		this.bodies = new BodyReader(properties.maxAnswerSize(), Runtime.getRuntime().maxMemory());
		this.errors = new ErrorTable(properties.notFoundCodes());
	}

	@Override
	public ApiAnswer get(ApiRequest request) throws InterruptedException {
		CredentialsSource.Credentials key = this.credentials.get();
		Map<String, String> query = request.query();
		HttpPost post = new HttpPost(this.target.resolve("/?" + Acs3Signer.canonicalQuery(query)));
		this.signer.headers(this.target.getRawAuthority(), request.action(), VERSION, query, key)
			.forEach(post::setHeader);
		AnswerReader reader = new AnswerReader(this.errors, this.signer.clock(), key.securityToken());
		long millis = TimeUnit.MILLISECONDS.convert(this.properties.attemptTimeout());
		ScheduledFuture<?> deadline = this.deadlines.schedule(post::cancel, millis, TimeUnit.MILLISECONDS);
		long sentAt = this.time.now();
		ApiAnswer answer;
		try {
			answer = this.http.execute(post, (response) -> read(request, post, response, reader));
		}
		// CancellationException is how the connection pool reports an interrupt.
		catch (IOException | CancellationException ex) {
			if (Thread.interrupted()) {
				throw (ex instanceof CancellationException) ? new CallNotSentException(request)
						: new InterruptedException("stopped during the call for " + request);
			}
			return failure(ex, post.isCancelled());
		}
		finally {
			deadline.cancel(false);
		}
		return noted(key, sentAt, answer);
	}

	/** When the last answer was sent, by the server's clock; null if it does not say. */
	public @Nullable Instant answeredAt() {
		return RetryHints.date(this.date);
	}

	private ApiAnswer read(ApiRequest request, HttpPost post, ClassicHttpResponse response, AnswerReader reader)
			throws IOException {
		this.date = valueOf(response.getFirstHeader("Date"));
		if (response.getCode() == HttpStatus.SC_PROXY_AUTHENTICATION_REQUIRED) {
			return ApiError.transientFault(response.getCode(), "ProxyLogin",
					"the proxy asks for a user and a password; give them in audit.api.proxy or HTTPS_PROXY", "");
		}
		if (REDIRECTS.contains(response.getCode())) {
			return misdirected(response.getCode(), "Redirect",
					"answers with a redirect" + to(valueOf(response.getFirstHeader("Location"))),
					"set audit.api.endpoint to the API itself, or audit.api.proxy to a way to it");
		}
		try {
			return this.bodies.read(response.getEntity(), (bytes) -> reader.read(request, response.getCode(),
					(name) -> valueOf(response.getFirstHeader(name)), bytes));
		}
		catch (BodyReader.TooLargeException ex) {
			post.abort();
			return tooLarge(response);
		}
	}

	/**
	 * A retry does not make a large answer of the API smaller, but may avoid one of a
	 * proxy.
	 */
	private ApiError tooLarge(ClassicHttpResponse response) {
		ErrorClass errorClass = (response.getCode() / 100 == 2) ? ErrorClass.UNUSABLE : ErrorClass.TRANSIENT;
		return new ApiError(errorClass, response.getCode(), "AnswerTooLarge",
				"the answer is larger than " + this.properties.maxAnswerSize() + " (audit.api.max-answer-size)",
				Objects.requireNonNullElse(valueOf(response.getFirstHeader("x-acs-request-id")), ""), Duration.ZERO);
	}

	/** A new key that the API does not know everywhere yet is a fault that passes. */
	private ApiAnswer noted(CredentialsSource.Credentials key, long sentAt, ApiAnswer answer)
			throws InterruptedException {
		if (!(answer instanceof ApiError error)) {
			this.renewal.accepted(key, sentAt);
			return answer;
		}
		boolean tryAgain = error.errorClass() == ErrorClass.TOKEN && this.renewal.refused(key);
		return tryAgain ? error.as(ErrorClass.TRANSIENT) : error;
	}

	private ApiError failure(Exception ex, boolean late) {
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (cause instanceof CertificateException) {
				return misdirected(0, "Certificate",
						"has a certificate that is not accepted: "
								+ NestedExceptionUtils.getMostSpecificCause(cause).getMessage(),
						"trust who issued it with -Djavax.net.ssl.trustStore=FILE, or correct audit.api.endpoint"
								+ " or audit.api.proxy");
			}
		}
		return late
				? ApiError.transientFault(0, "AttemptTimeout",
						"no complete answer within " + this.properties.attemptTimeout()
								+ " (audit.api.attempt-timeout)",
						"")
				: ApiError.transientFault(0, "NoAnswer", reason(ex), "");
	}

	private ApiError misdirected(int status, String code, String what, String remedy) {
		return ApiError.misdirected(status, code, this.target.getHost() + " " + what + "; " + remedy);
	}

	/** Only the host: what follows may hold a secret. */
	private static String to(@Nullable String location) {
		Matcher host = HOST.matcher(Objects.requireNonNullElse(location, ""));
		return host.lookingAt() ? " to " + host.group() : "";
	}

	private static String reason(Exception ex) {
		return FailureReason.of(ex) + ((ex instanceof UnknownHostException)
				? "; check the network, audit.api.region, audit.api.endpoint and audit.api.proxy" : "");
	}

	private static @Nullable String valueOf(@Nullable Header header) {
		return (header != null) ? header.getValue() : null;
	}

	@Override
	public String toString() {
		return "signed HTTP to " + this.target;
	}

}
