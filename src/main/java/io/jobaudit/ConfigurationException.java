package io.jobaudit;

import java.time.YearMonth;
import java.time.ZoneId;

import org.jspecify.annotations.Nullable;

/** A setting, or a file that settings name, is wrong: the message says which and how. */
public class ConfigurationException extends AuditException {

	private static final long serialVersionUID = 1L;

	public ConfigurationException(String message) {
		this(message, null);
	}

	public ConfigurationException(String message, @Nullable Throwable cause) {
		super(ExitStatus.CONFIGURATION, message, cause);
	}

	/** A closed month has the days of a time zone other than the configured one. */
	public static ConfigurationException otherZone(YearMonth month, String closedIn, ZoneId configured) {
		return new ConfigurationException(
				("%s is closed in the time zone %s, but audit.report.zone is %s; set it to %s,"
						+ " or reopen the month: job-audit close %s --reopen --reason \"...\"")
					.formatted(month, closedIn, configured, closedIn, month));
	}

}
