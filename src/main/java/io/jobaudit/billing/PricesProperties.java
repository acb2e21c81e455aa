package io.jobaudit.billing;

import java.nio.file.Path;
import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * Where prices come from.
 *
 * @param file the price file; it may be missing at the default place, and then the prices
 * that were loaded last stay in force
 * @param jobTypes job types that the file may name beside the vendor's and those that
 * have been seen
 */
@ConfigurationProperties("audit.prices")
record PricesProperties(@DefaultValue(PricesProperties.USUAL_FILE) Path file, @DefaultValue List<String> jobTypes) {

	static final String USUAL_FILE = "config/prices.csv";

	PricesProperties {
		Assert.hasText(file.toString(),
				"audit.prices.file must name a file, for example \"config/prices.csv\", but it is blank");
		jobTypes = List.copyOf(jobTypes);
	}

	/** Whether somebody said where the file is, and so it must be there. */
	boolean isFileExpected() {
		return !this.file.equals(Path.of(USUAL_FILE));
	}

}
