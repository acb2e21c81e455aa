package io.jobaudit.report.subject;

import java.nio.file.Path;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * How a month is booked.
 *
 * @param accountsMap file with the accounts to debit and credit for each cost centre; the
 * default file may be missing, and then no journal is written
 */
@ConfigurationProperties("audit.booking")
public record BookingProperties(@DefaultValue(BookingProperties.DEFAULT_FILE) Path accountsMap) {

	public static final String DEFAULT_FILE = "config/accounts-map.csv";

	/** The defaults. */
	public static BookingProperties standard() {
		return new BookingProperties(Path.of(DEFAULT_FILE));
	}

	public BookingProperties {
		Assert.hasText(accountsMap.toString(),
				"audit.booking.accounts-map takes a file name, e.g. %s, but got a blank one".formatted(DEFAULT_FILE));
	}

}
