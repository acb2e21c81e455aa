package io.jobaudit.fetch.api;

import io.jobaudit.HttpProxy;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** The HTTP client for the API. */
public final class ApiHttpClient {

	private ApiHttpClient() {
	}

	public static CloseableHttpClient of(ApiProperties properties) {
		ConnectionConfig connection = ConnectionConfig.custom()
			.setConnectTimeout(Timeout.of(properties.connectTimeout()))
			.setSocketTimeout(Timeout.of(properties.responseTimeout()))
			.setValidateAfterInactivity(TimeValue.ofMilliseconds(500))
			.build();
		return HttpProxy.of(properties.proxy()).client(connection, properties.concurrency());
	}

}
