package io.jobaudit.report;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.dao.EmptyResultDataAccessException;

/**
 * The run that is reported on.
 *
 * @param status as stored, but {@code COMPLETED} once the book is closed: the reports are
 * written just before the run's row says so
 * @param firstCreated when the oldest job of the run was created
 * @param lastCreated when the youngest was
 */
record AuditedRun(long runId, String status, @Nullable Integer exitCode, String account, String region, String version,
		String inputSource, String inputSha256, Instant startedAt, @Nullable Instant finishedAt, RunCounts counts,
		ApiCalls api, @Nullable Instant firstCreated, @Nullable Instant lastCreated) {

	static AuditedRun read(ReportQueries queries) {
		List<AuditedRun> runs = queries.list(ReportQuery.packaged("run/run"), (row, number) -> of(row));
		if (runs.isEmpty()) {
			throw new EmptyResultDataAccessException("the database has no run " + queries.scope().runId(), 1);
		}
		return runs.get(0);
	}

	/** What its reports are about; its days are whole ones. */
	ReportScope scope(ZoneId zone) {
		return new ReportScope(this.runId, midnight(this.firstCreated, zone, 0), midnight(this.lastCreated, zone, 1),
				zone, this.account);
	}

	private static @Nullable Instant midnight(@Nullable Instant instant, ZoneId zone, int daysLater) {
		return (instant != null) ? instant.atZone(zone).toLocalDate().plusDays(daysLater).atStartOfDay(zone).toInstant()
				: null;
	}

	boolean isReconciled() {
		return this.counts.addUp() && (this.counts.pending() == 0 || !"COMPLETED".equals(this.status));
	}

	/**
	 * The instant that stands for the run in a file that must not depend on the clock.
	 */
	Instant lastInstant() {
		return (this.finishedAt != null) ? this.finishedAt : this.startedAt;
	}

	private static AuditedRun of(ResultSet row) throws SQLException {
		Instant finishedAt = instant(row, "finished_at");
		String stored = row.getString("status");
		return new AuditedRun(row.getLong("run_id"),
				("RUNNING".equals(stored) && finishedAt != null) ? "COMPLETED" : stored,
				row.getObject("exit_code", Integer.class), row.getString("account"), row.getString("region"),
				row.getString("version"), row.getString("input_source"), row.getString("input_sha256"),
				row.getObject("started_at", OffsetDateTime.class).toInstant(), finishedAt, RunCounts.of(row),
				ApiCalls.of(row), instant(row, "first_created"), instant(row, "last_created"));
	}

	private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
		return (value != null) ? value.toInstant() : null;
	}

}
