package io.jobaudit.billing;

import java.time.ZoneId;

import io.jobaudit.ConfigurationException;

/** A month is closed with the days of another zone than the one that is configured. */
public class OtherZoneException extends ConfigurationException {

	private static final long serialVersionUID = 1L;

	OtherZoneException(ClosedMonth closed, ZoneId zone) {
		super("%s is closed with the days of %s, but audit.report.zone is %s; set it to %s, or reopen the month: %s"
			.formatted(closed.month(), closed.zone(), zone, closed.zone(), closed.howToReopen()));
	}

}
