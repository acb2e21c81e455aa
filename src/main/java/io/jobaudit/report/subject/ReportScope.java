package io.jobaudit.report.subject;

import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

import io.jobaudit.Account;
import io.jobaudit.RunId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;

/**
 * The parameters of the reports' queries.
 *
 * @param runId {@code :run_id}; null for a period
 * @param previousRunId {@code :previous_run_id}, the account's last complete run before
 * it; null for none
 * @param from {@code :from}, an instant; for a run, the midnight before its first job was
 * created
 * @param to {@code :to}, exclusive; for a run, the midnight after its last job was
 * created
 * @param previousFrom {@code :previous_from}, the instant at which the previous period
 * begins; null for a run
 * @param asOf {@code :as_of}, the instant of the figures
 * @param groupBy {@code :group_by}, where a job's cost centre is read from
 * @param stuckAfter {@code :stuck_after} in seconds
 * @param budgets {@code :budgets}, as JSON
 */
public record ReportScope(@Nullable RunId runId, @Nullable RunId previousRunId, @Nullable Instant from,
		@Nullable Instant to, @Nullable Instant previousFrom, @Nullable Instant asOf, @Nullable Account account,
		ZoneId zone, String groupBy, Duration stuckAfter, String budgets) {

	private static final String NO_BUDGETS = "[]";

	public static ReportScope ofRun(RunId runId, ReportProperties properties) {
		return new ReportScope(runId, null, null, null, null, null, null, properties.zone(), properties.groupBy(),
				properties.stuckAfter(), NO_BUDGETS);
	}

	/**
	 * A period.
	 * @param account the account, null for several accounts
	 */
	public static ReportScope ofPeriod(ReportPeriod period, @Nullable Account account, ReportProperties properties) {
		ZoneId zone = properties.zone();
		return new ReportScope(null, null, period.from(zone), period.to(zone), period.previousFrom(zone), null, account,
				zone, properties.groupBy(), properties.stuckAfter(), NO_BUDGETS);
	}

	ReportScope withRun(Account accountOfRun, @Nullable RunId previous, @Nullable Instant first, @Nullable Instant last,
			Instant at) {
		return new ReportScope(this.runId, previous, first, last, null, at, accountOfRun, this.zone, this.groupBy,
				this.stuckAfter, this.budgets);
	}

	ReportScope asOf(Instant at) {
		return new ReportScope(this.runId, this.previousRunId, this.from, this.to, this.previousFrom, at, this.account,
				this.zone, this.groupBy, this.stuckAfter, this.budgets);
	}

	public ReportScope withBudgets(String json) {
		return new ReportScope(this.runId, this.previousRunId, this.from, this.to, this.previousFrom, this.asOf,
				this.account, this.zone, this.groupBy, this.stuckAfter, json);
	}

	public @Nullable String accountName() {
		return (this.account != null) ? this.account.name() : null;
	}

	public MapSqlParameterSource parameters() {
		return new MapSqlParameterSource().addValue("run_id", number(this.runId), Types.BIGINT)
			.addValue("previous_run_id", number(this.previousRunId), Types.BIGINT)
			.addValue("from", at(this.from), Types.TIMESTAMP_WITH_TIMEZONE)
			.addValue("to", at(this.to), Types.TIMESTAMP_WITH_TIMEZONE)
			.addValue("previous_from", at(this.previousFrom), Types.TIMESTAMP_WITH_TIMEZONE)
			.addValue("as_of", at(this.asOf), Types.TIMESTAMP_WITH_TIMEZONE)
			.addValue("zone", postgresName(this.zone), Types.VARCHAR)
			.addValue("account", accountName(), Types.VARCHAR)
			.addValue("group_by", this.groupBy, Types.VARCHAR)
			.addValue("stuck_after", this.stuckAfter.toSeconds(), Types.BIGINT)
			.addValue("budgets", this.budgets, Types.VARCHAR);
	}

	private static @Nullable Long number(@Nullable RunId run) {
		return (run != null) ? run.value() : null;
	}

	private static @Nullable Object at(@Nullable Instant instant) {
		return (instant != null) ? instant.atOffset(ZoneOffset.UTC) : null;
	}

	/** PostgreSQL reads {@code GMT+08:00} as POSIX does: its sign is reversed. */
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
