package io.jobaudit.fetch.api;

import io.jobaudit.HttpProxy;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * The HTTP client for the API: it does not retry, follow redirects, or keep cookies and
 * logins.
 */
public final class ApiHttpClient {

	private ApiHttpClient() {
	}

	public static CloseableHttpClient of(ApiProperties properties) {
		ConnectionConfig connection = ConnectionConfig.custom()
			.setConnectTimeout(Timeout.of(properties.connectTimeout()))
			.setSocketTimeout(Timeout.of(properties.responseTimeout()))
			.setValidateAfterInactivity(TimeValue.ofMilliseconds(500))
			.build();
		return HttpProxy.of(properties.proxy())
			.on(HttpClients.custom())
			.setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
				.setDefaultConnectionConfig(connection)
				.setMaxConnTotal(properties.concurrency())
				.setMaxConnPerRoute(properties.concurrency())
				.build())
			.disableAutomaticRetries()
			.disableRedirectHandling()
			.disableCookieManagement()
			.disableAuthCaching()
			.build();
	}

}
