package io.jobaudit.billing;

import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where prices come from.
 *
 * @param file the price file, {@code config/prices.csv} when not set; there it need not
 * be, and then the prices stay that were loaded last
 * @param jobTypes job types that the file may name beside the vendor's and those that
 * have been seen
 */
@ConfigurationProperties("audit.prices")
record PricesProperties(Path file, List<String> jobTypes) {

	private static final Path USUAL_FILE = Path.of("config", "prices.csv");

	PricesProperties(@Nullable Path file, @Nullable List<String> jobTypes) {
		this.file = (file != null) ? file : USUAL_FILE;
		this.jobTypes = (jobTypes != null) ? List.copyOf(jobTypes) : List.of();
		if (this.file.toString().isBlank()) {
			throw new IllegalArgumentException(
					"audit.prices.file must name a file, for example \"config/prices.csv\", but it is blank");
		}
	}

	/** Whether somebody said where the file is, and so it must be there. */
	boolean isFileExpected() {
		return !this.file.equals(USUAL_FILE);
	}

}
