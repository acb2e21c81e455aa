package io.jobaudit.billing;

import java.nio.file.Path;
import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * Where prices come from.
 *
 * @param file the price file; the default file may be missing, and then the prices loaded
 * last stay
 * @param jobTypes job types that the file may name besides the documented ones and those
 * of stored jobs
 */
@ConfigurationProperties("audit.prices")
record PricesProperties(@DefaultValue(PricesProperties.DEFAULT_FILE) Path file, @DefaultValue List<String> jobTypes) {

	static final String DEFAULT_FILE = "config/prices.csv";

	PricesProperties {
		jobTypes = List.copyOf(jobTypes);
		Assert.hasText(file.toString(),
				"audit.prices.file takes a file name, e.g. %s, but got a blank one".formatted(DEFAULT_FILE));
	}

	/** Whether the file is configured and therefore must exist. */
	boolean isFileExpected() {
		return !this.file.equals(Path.of(DEFAULT_FILE));
	}

}
