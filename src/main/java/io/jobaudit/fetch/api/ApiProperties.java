package io.jobaudit.fetch.api;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * How to reach the API and how hard to press it.
 *
 * @param region region of the service, mandatory: a wrong one looks like unknown jobs
 * @param endpoint where to send calls instead of the region's own host; {@code http} only
 * to loopback
 * @param rate calls per second of the whole account; 0 sets no limit
 * @param concurrency calls in flight at most
 * @param connectTimeout longest wait for a connection
 * @param responseTimeout longest silence of the server
 * @param attemptTimeout longest time for one attempt as a whole
 * @param outagePatience how long to wait for an API that answers nobody before the run
 * gives up
 * @param maxAnswerSize largest body that is read
 * @param notFoundCodes error codes that mean the id is unknown; a leading {@code *}
 * stands for anything
 */
@ConfigurationProperties("audit.api")
public record ApiProperties(@Nullable String region, @Nullable URI endpoint, @DefaultValue("20") double rate,
		@DefaultValue("16") int concurrency, @DefaultValue("3s") Duration connectTimeout,
		@DefaultValue("15s") Duration responseTimeout, @DefaultValue("30s") Duration attemptTimeout,
		@DefaultValue("10m") Duration outagePatience, @DefaultValue("16MB") DataSize maxAnswerSize, @DefaultValue( {
				"ResourceNotFound", "JobNotFound", "*.NotFound" }) List<String> notFoundCodes){

	private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

	public ApiProperties {
		Assert.isTrue(region != null && region.matches("[a-z0-9-]+"),
				"audit.api.region is the region of your jobs, such as cn-shanghai (AUDIT_API_REGION=cn-shanghai), but is "
						+ ((region == null || region.isBlank()) ? "missing" : region));
		Assert.isTrue(rate >= 0 && Double.isFinite(rate),
				"audit.api.rate is calls per second, 0 for no limit, but is " + rate);
		Assert.isTrue(concurrency >= 1 && concurrency <= 1000,
				"audit.api.concurrency is 1 to 1000, but is " + concurrency);
		requirePositive("connect-timeout", connectTimeout);
		requirePositive("response-timeout", responseTimeout);
		requirePositive("attempt-timeout", attemptTimeout);
		requirePositive("outage-patience", outagePatience);
		Assert.isTrue(maxAnswerSize.toBytes() > 0, "audit.api.max-answer-size is more than 0, but is " + maxAnswerSize);
		if (endpoint != null) {
			checkEndpoint(endpoint);
		}
		notFoundCodes = List.copyOf(notFoundCodes);
	}

	/** Where calls go: the endpoint if one is set, else the region's host by TLS. */
	public URI target() {
		return (this.endpoint != null) ? this.endpoint : URI.create("https://ice." + this.region + ".aliyuncs.com");
	}

	private static void checkEndpoint(URI endpoint) {
		String host = endpoint.getHost();
		boolean secure = "https".equals(endpoint.getScheme());
		boolean local = "http".equals(endpoint.getScheme()) && host != null && LOOPBACK.contains(host);
		Assert.isTrue(host != null && (secure || local),
				"audit.api.endpoint is https://HOST, or http:// to loopback only,"
						+ " because a call carries the account's signature; but is " + endpoint);
		Assert.isTrue(
				endpoint.getRawUserInfo() == null
						&& (endpoint.getRawPath().isEmpty() || endpoint.getRawPath().equals("/")),
				"audit.api.endpoint has no user and no path, but is " + endpoint);
	}

	private static void requirePositive(String name, Duration duration) {
		Assert.isTrue(!duration.isNegative() && !duration.isZero(),
				"audit.api." + name + " is longer than 0, but is " + duration);
	}

}
