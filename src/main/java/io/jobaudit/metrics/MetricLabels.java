package io.jobaudit.metrics;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import io.jobaudit.Account;
import io.micrometer.core.instrument.Tags;
import org.springframework.core.env.Environment;

/**
 * Whose metrics they are: the labels of all of them, and nothing that grows with the
 * number of runs.
 *
 * @param account name of the cloud account
 * @param region region of the jobs, empty when none is set
 */
record MetricLabels(Account account, String region) {

	static MetricLabels of(Environment environment) {
		return new MetricLabels(new Account(environment.getProperty("audit.account", "default")),
				environment.getProperty("audit.api.region", ""));
	}

	Tags tags() {
		return Tags.of("account", this.account.name(), "region", this.region);
	}

	/** The path of its group in a Pushgateway. */
	String groupingPath() {
		return "/metrics/job/job-audit" + segment("account", this.account.name()) + segment("region", this.region);
	}

	/** Base64 takes any value; a lone = stands for an empty one. */
	private static String segment(String label, String value) {
		if (value.matches("[A-Za-z0-9_-]+")) {
			return "/" + label + "/" + value;
		}
		String encoded = Base64.getUrlEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
		return "/" + label + "@base64/" + (encoded.isEmpty() ? "=" : encoded);
	}

}
