package io.jobaudit.fetch.api;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.jobaudit.MaskedUrl;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * How to reach the API, and how many calls to make.
 *
 * @param region region of the service, required; in a wrong one all jobs are unknown
 * @param endpoint where to send calls instead of the region's own host; {@code http} only
 * to loopback
 * @param proxy URL of an HTTP proxy, with user and password if it asks for them; default:
 * that of the JVM or of the environment
 * @param rate calls per second of the whole account; 0 for no limit
 * @param concurrency maximum number of calls in flight
 * @param connectTimeout longest wait for a connection
 * @param responseTimeout longest silence of the server
 * @param attemptTimeout longest time for one attempt
 * @param outagePatience how long to wait for an API that answers no call before the run
 * ends
 * @param maxAnswerSize largest answer that is read
 * @param notFoundCodes error codes that mean the id is unknown; a leading {@code *}
 * matches anything
 */
@ConfigurationProperties("audit.api")
public record ApiProperties(@Nullable String region, @Nullable URI endpoint, @Nullable String proxy,
		@DefaultValue("20") double rate, @DefaultValue("16") int concurrency,
		@DefaultValue("3s") Duration connectTimeout, @DefaultValue("15s") Duration responseTimeout,
		@DefaultValue("30s") Duration attemptTimeout, @DefaultValue("10m") Duration outagePatience,
		@DefaultValue("16MB") DataSize maxAnswerSize, @DefaultValue( {
				"ResourceNotFound", "JobNotFound", "*.NotFound" }) List<String> notFoundCodes){

	private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

	public ApiProperties {
		Assert.hasText(region, "audit.api.region is required, e.g. cn-shanghai (AUDIT_API_REGION=cn-shanghai)");
		Assert.isTrue(region.matches("[a-z0-9-]+"),
				"audit.api.region takes a region such as cn-shanghai, but got " + region);
		Assert.isTrue(rate >= 0 && Double.isFinite(rate),
				"audit.api.rate takes calls per second, or 0 for no limit, but got " + rate);
		Assert.isTrue(concurrency >= 1 && concurrency <= 1000,
				"audit.api.concurrency takes 1 to 1000, but got " + concurrency);
		requirePositive("connect-timeout", connectTimeout);
		requirePositive("response-timeout", responseTimeout);
		requirePositive("attempt-timeout", attemptTimeout);
		requirePositive("outage-patience", outagePatience);
		Assert.isTrue(maxAnswerSize.toBytes() > 0,
				"audit.api.max-answer-size takes a size larger than 0, but got " + maxAnswerSize);
		if (endpoint != null) {
			checkEndpoint(endpoint);
		}
		notFoundCodes = List.copyOf(notFoundCodes);
	}

	/** The same for another account. */
	public ApiProperties with(@Nullable String itsRegion, @Nullable URI itsEndpoint, double itsRate,
			int itsConcurrency) {
		return new ApiProperties(itsRegion, itsEndpoint, this.proxy, itsRate, itsConcurrency, this.connectTimeout,
				this.responseTimeout, this.attemptTimeout, this.outagePatience, this.maxAnswerSize, this.notFoundCodes);
	}

	/** Where calls go: the endpoint if one is set, else the region's host by TLS. */
	public URI target() {
		return (this.endpoint != null) ? this.endpoint : URI.create("https://ice." + this.region + ".aliyuncs.com");
	}

	private static void checkEndpoint(URI endpoint) {
		String host = endpoint.getHost();
		boolean secure = "https".equals(endpoint.getScheme());
		String shown = MaskedUrl.of(endpoint.toString());
		boolean local = "http".equals(endpoint.getScheme()) && host != null && LOOPBACK.contains(host);
		Assert.isTrue(host != null && (secure || local),
				"audit.api.endpoint takes https://HOST, or http:// to loopback only, because a call carries"
						+ " the account's signature, but got " + shown);
		Assert.isTrue(
				endpoint.getRawUserInfo() == null
						&& (endpoint.getRawPath().isEmpty() || endpoint.getRawPath().equals("/")),
				"audit.api.endpoint takes a URL without user and path, but got " + shown);
	}

	private static void requirePositive(String name, Duration duration) {
		Assert.isTrue(!duration.isNegative() && !duration.isZero(),
				"audit.api." + name + " takes a duration longer than 0, but got " + duration);
	}

}
