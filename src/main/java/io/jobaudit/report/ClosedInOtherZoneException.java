package io.jobaudit.report;

import java.time.YearMonth;
import java.time.ZoneId;

import io.jobaudit.ConfigurationException;

/** A month was closed with the days of a time zone other than the report's. */
public class ClosedInOtherZoneException extends ConfigurationException {

	private static final long serialVersionUID = 1L;

	ClosedInOtherZoneException(YearMonth month, String closedIn, ZoneId zone) {
		super("%s is closed with the days of %s, but audit.report.zone is %s; set it to %s".formatted(month, closedIn,
				zone, closedIn));
	}

}
