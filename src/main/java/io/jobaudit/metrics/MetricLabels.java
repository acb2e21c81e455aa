package io.jobaudit.metrics;

import io.jobaudit.Account;
import io.micrometer.core.instrument.Tags;
import org.springframework.core.env.Environment;

/**
 * The labels of all metrics. No label grows with the number of runs.
 *
 * @param account name of the cloud account
 * @param region region of the jobs, empty if not set
 */
record MetricLabels(Account account, String region) {

	static MetricLabels of(Environment environment) {
		return new MetricLabels(new Account(environment.getProperty("audit.account", "default")),
				environment.getProperty("audit.api.region", ""));
	}

	Tags tags() {
		return Tags.of("account", this.account.name(), "region", this.region);
	}

}
