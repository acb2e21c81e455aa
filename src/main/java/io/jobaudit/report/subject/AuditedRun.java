package io.jobaudit.report.subject;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import io.jobaudit.Account;
import io.jobaudit.AuditException;
import io.jobaudit.ClosingStatement;
import io.jobaudit.ExitStatus;
import io.jobaudit.Outcome;
import io.jobaudit.ReportTexts;
import io.jobaudit.RunId;
import io.jobaudit.report.subject.ReportSubject.Fact;
import org.jspecify.annotations.Nullable;

/**
 * The run that is reported on.
 *
 * @param database identity of its database
 * @param status as stored, but {@code COMPLETED} as soon as the run is finished: the
 * reports are written just before its row is updated
 * @param imported whether the import is complete, and its counts are known
 * @param parentRunId the earlier run whose ids it fetches again
 */
public record AuditedRun(UUID database, RunId runId, String status, @Nullable Integer exitCode, Account account,
		String region, String version, String inputSource, String inputSha256, Instant startedAt,
		@Nullable Instant finishedAt, boolean imported, ClosingStatement statement, ApiCalls api,
		@Nullable RunId parentRunId, @Nullable String parentPart, @Nullable RunId previousRunId,
		@Nullable Instant firstCreated, @Nullable Instant lastCreated) {

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

	public static AuditedRun read(ReportQueries queries) {
		List<AuditedRun> runs = queries.list(ReportQuery.packaged("run/run"), (row, number) -> of(row));
		if (runs.isEmpty()) {
			throw new UnknownRunException(
					"the database has no run %s; the command runs lists all runs".formatted(queries.scope().runId()));
		}
		return runs.get(0);
	}

	public static String directoryName(RunId runId) {
		return "run-" + runId;
	}

	public ReportSubject subject(ReportScope scope, ReportTexts texts) {
		ZoneId zone = scope.zone();
		return new ReportSubject(name(texts), directoryName(this.runId), subtitles(zone, texts), facts(zone, texts),
				lastInstant(), scope.withRun(this.account, this.previousRunId, midnight(this.firstCreated, zone, 0),
						midnight(this.lastCreated, zone, 1), lastInstant()),
				texts);
	}

	public String name(ReportTexts texts) {
		return texts.text("run.name", this.runId);
	}

	public boolean isReconciled() {
		return this.imported && this.statement.addsUp()
				&& (this.statement.pending() == 0 || !"COMPLETED".equals(this.status));
	}

	private Instant lastInstant() {
		return (this.finishedAt != null) ? this.finishedAt : this.startedAt;
	}

	private static @Nullable Instant midnight(@Nullable Instant instant, ZoneId zone, int daysLater) {
		return (instant != null) ? instant.atZone(zone).toLocalDate().plusDays(daysLater).atStartOfDay(zone).toInstant()
				: null;
	}

	private List<String> subtitles(ZoneId zone, ReportTexts texts) {
		return List.of(texts.text("run.subtitle", this.runId, this.account, this.region, this.inputSource),
				texts.text("run.subtitle-times", texts.word(this.status), duration(zone, texts), period(zone, texts),
						zone.getId()));
	}

	private String duration(ZoneId zone, ReportTexts texts) {
		String started = TIME.format(this.startedAt.atZone(zone));
		return (this.finishedAt != null)
				? texts.text("run.finished", started, TIME.format(this.finishedAt.atZone(zone)))
				: texts.text("run.unfinished", started);
	}

	private String period(ZoneId zone, ReportTexts texts) {
		if (this.firstCreated == null || this.lastCreated == null) {
			return texts.text("run.no-jobs");
		}
		return texts.text("run.jobs", LocalDate.ofInstant(this.firstCreated, zone),
				LocalDate.ofInstant(this.lastCreated, zone));
	}

	private List<Fact> facts(ZoneId zone, ReportTexts texts) {
		return List.of(new Fact(texts.text("fact.run"), this.runId.toString()),
				new Fact(texts.text("fact.status"), texts.word(this.status)),
				new Fact(texts.text("fact.version"), this.version),
				new Fact(texts.text("fact.account"), this.account.name()),
				new Fact(texts.text("fact.region"), this.region), new Fact(texts.text("fact.input"), this.inputSource),
				new Fact(texts.text("fact.input-sha256"), this.inputSha256),
				new Fact(texts.text("fact.started"), this.startedAt),
				new Fact(texts.text("fact.finished"), this.finishedAt),
				new Fact(texts.text("fact.first-created"), this.firstCreated),
				new Fact(texts.text("fact.last-created"), this.lastCreated),
				new Fact(texts.text("fact.zone"), zone.getId()));
	}

	private static AuditedRun of(ResultSet row) throws SQLException {
		RunId runId = new RunId(row.getLong("run_id"));
		Instant purgedAt = ReportQueries.instant(row, "purged_at");
		if (purgedAt != null) {
			throw new UnknownRunException(
					"the ids of run %s were purged at %s; only its summary in audit.audit_run is left".formatted(runId,
							purgedAt));
		}
		Instant finishedAt = ReportQueries.instant(row, "finished_at");
		String stored = row.getString("status");
		return new AuditedRun(row.getObject("database", UUID.class), runId,
				("RUNNING".equals(stored) && finishedAt != null) ? "COMPLETED" : stored,
				row.getObject("exit_code", Integer.class), new Account(row.getString("account")),
				row.getString("region"), row.getString("version"), row.getString("input_source"),
				row.getString("input_sha256"), row.getObject("started_at", OffsetDateTime.class).toInstant(),
				finishedAt, row.getObject("lines_read") != null, statement(row), ApiCalls.of(row),
				RunId.ofNullable(row.getObject("parent_run_id", Long.class)), row.getString("parent_part"),
				RunId.ofNullable(row.getObject("previous_run_id", Long.class)),
				ReportQueries.instant(row, "first_created"), ReportQueries.instant(row, "last_created"));
	}

	private static ClosingStatement statement(ResultSet row) throws SQLException {
		Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
		for (Outcome outcome : Outcome.values()) {
			outcomes.put(outcome, row.getLong(outcome.name().toLowerCase(Locale.ROOT)));
		}
		return new ClosingStatement(row.getLong("lines_read"), row.getLong("distinct_ids"), row.getLong("duplicates"),
				row.getLong("malformed"), outcomes, row.getLong("pending"), row.getLong("stored_jobs"),
				row.getLong("failed_jobs"));
	}

	/** A run that is unknown, or whose rows are purged. */
	public static class UnknownRunException extends AuditException {

		private static final long serialVersionUID = 1L;

		UnknownRunException(String message) {
			super(ExitStatus.INPUT, message);
		}

	}

	/**
	 * A run's API usage.
	 *
	 * @param callsAtLeast whether a process of the run was killed, so that its last calls
	 * are not counted
	 * @param configuredRate allowed calls per second; null when the run did not record it
	 * @param effectiveRate calls per second that were made; null when there were none
	 * @param waitedSeconds seconds that calls waited for a permit, added up over
	 * concurrent calls
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

}
