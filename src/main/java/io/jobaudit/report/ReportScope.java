package io.jobaudit.report;

import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;

/**
 * What reports are about; each query may name its parts.
 *
 * @param runId {@code :run_id}; null when not about a run
 * @param from {@code :from}, a moment; for a run the midnight before its first job's
 * creation
 * @param to {@code :to}, the first moment after it; for a run the midnight after its last
 * job's
 * @param zone {@code :zone}
 * @param account {@code :account}; null until the run is read
 */
record ReportScope(@Nullable Long runId, @Nullable Instant from, @Nullable Instant to, ZoneId zone,
		@Nullable String account) {

	static ReportScope ofRun(long runId, ZoneId zone) {
		return new ReportScope(runId, null, null, zone, null);
	}

	SqlParameterSource parameters() {
		return new MapSqlParameterSource().addValue("run_id", this.runId, Types.BIGINT)
			.addValue("from", at(this.from), Types.TIMESTAMP_WITH_TIMEZONE)
			.addValue("to", at(this.to), Types.TIMESTAMP_WITH_TIMEZONE)
			.addValue("zone", postgresName(this.zone), Types.VARCHAR)
			.addValue("account", this.account, Types.VARCHAR);
	}

	private static @Nullable Object at(@Nullable Instant instant) {
		return (instant != null) ? instant.atOffset(ZoneOffset.UTC) : null;
	}

	/**
	 * PostgreSQL reads {@code GMT+08:00} as POSIX does, eight hours west: a fixed offset
	 * goes there with its sign turned round.
	 */
	private static String postgresName(ZoneId zone) {
		if (!zone.getRules().isFixedOffset()) {
			return zone.getId();
		}
		ZoneOffset offset = zone.getRules().getOffset(Instant.EPOCH);
		Duration west = Duration.ofSeconds(-offset.getTotalSeconds());
		return "<%s>%s%02d:%02d:%02d".formatted(offset.getId().replace("Z", "UTC").replace(":", ""),
				west.isNegative() ? "-" : "+", Math.abs(west.toHours()), Math.abs(west.toMinutesPart()),
				Math.abs(west.toSecondsPart()));
	}

}
