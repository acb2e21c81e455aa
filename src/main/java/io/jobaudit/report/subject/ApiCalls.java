package io.jobaudit.report.subject;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

/**
 * A run's API usage.
 *
 * @param callsAtLeast whether a process of the run was killed, so that its last calls are
 * not counted
 * @param configuredRate allowed calls per second; null when the run did not record it
 * @param effectiveRate calls per second that were made; null when there were none
 * @param waitedSeconds seconds that calls waited for a permit, added up over concurrent
 * calls
 */
public record ApiCalls(long calls, boolean callsAtLeast, long throttled, long retries,
		@Nullable BigDecimal configuredRate, @Nullable BigDecimal effectiveRate, BigDecimal waitedSeconds) {

	static ApiCalls of(ResultSet row) throws SQLException {
		long calls = row.getLong("api_calls");
		return new ApiCalls(calls, row.getBoolean("calls_at_least"), row.getLong("api_throttled"),
				row.getLong("api_retries"), rate(row.getString("configured_rate")),
				perSecond(calls, row.getLong("api_fetch_ms")),
				decimal(BigDecimal.valueOf(row.getLong("api_waited_ms"), 3)));
	}

	private static @Nullable BigDecimal rate(@Nullable String text) {
		try {
			return (text != null) ? decimal(new BigDecimal(text.strip())) : null;
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

	private static @Nullable BigDecimal perSecond(long calls, long milliseconds) {
		if (milliseconds == 0) {
			return null;
		}
		return decimal(
				BigDecimal.valueOf(calls * 1000).divide(BigDecimal.valueOf(milliseconds), 2, RoundingMode.HALF_UP));
	}

	/** The shortest decimal with a fraction: 20.0 and 19.83. */
	private static BigDecimal decimal(BigDecimal value) {
		BigDecimal shortest = value.stripTrailingZeros();
		return (shortest.scale() < 1) ? shortest.setScale(1, RoundingMode.UNNECESSARY) : shortest;
	}

}
