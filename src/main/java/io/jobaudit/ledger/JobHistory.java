package io.jobaudit.ledger;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

import io.jobaudit.Account;
import io.jobaudit.AuditException;
import io.jobaudit.ExitStatus;
import io.jobaudit.ids.BadInputException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Looks up what is stored of one job; works as the role that may only read views. */
public record JobHistory(JdbcClient jdbc) {

	private static final String JOB = """
			select state, job_type, error_code, error_message, total_tokens, usage_status, user_id, create_time, fetched_at,
			  request_id, first_run_id, erased_at
			from audit.v_job where account = :account and job_id = :job
			""";

	/**
	 * The month is the closed month or, in an open one, that of the booking in the zone
	 * of the reports.
	 */
	private static final String BOOKING = """
			select m.month as closed_month, b.booked_at, audit.group_of(coalesce(b.group_by, :groupBy), b.user_id, b.user_data, b.labels)
			  as cost_centre, b.currency, b.price_per_1000_tokens, b.spend_status, b.spend
			from audit.v_booked_job b
			left join audit.v_month_close m on m.account = b.account and m.reopened_at is null
			  and b.booked_at >= m.starts_at and b.booked_at < m.ends_at
			where b.account = :account and b.job_id = :job
			""";

	private static final String CORRECTIONS = """
			select seen_at, month, reason, run_id, tokens, currency, spend,
			  audit.group_of(coalesce(group_by, :groupBy), user_id, user_data, labels) as cost_centre
			from audit.correction(:account, array[:job]) order by seen_at, change_id, tokens, cost_centre
			""";

	private static final String RUNS = "select * from audit.job_in_run(:account, :job, :searched)";

	/**
	 * Looks a job up by its keys.
	 * @param groupBy where the cost centre of a job in an open month is read from
	 * @param zone of the months that are open
	 * @param searched how many of the last runs are searched
	 * @throws BadInputException when no run has had the id
	 */
	public FoundJob find(Account account, String jobId, String groupBy, ZoneId zone, int searched) {
		requireFunction();
		JdbcClient.StatementSpec runs = of(RUNS, account, jobId).param("searched", searched);
		FoundJob found = new FoundJob(account.name(), jobId, of(JOB, account, jobId).query(JobNow::of).optional(),
				of(BOOKING, account, jobId).param("groupBy", groupBy)
					.query((row, number) -> Booking.of(row, zone))
					.optional(),
				of(CORRECTIONS, account, jobId).param("groupBy", groupBy).query(Correction::of).list(),
				runs.query(JobInRun::of).list());
		if (found.job().isEmpty() && found.runs().isEmpty()) {
			throw new BadInputException("account %s has no job %s, and no run that is not purged was asked about it"
				.formatted(account, jobId));
		}
		return found;
	}

	private JdbcClient.StatementSpec of(String sql, Account account, String jobId) {
		return this.jdbc.sql(sql).param("account", account.name()).param("job", jobId);
	}

	/** The reader cannot see which version the tables have. */
	private void requireFunction() {
		if (this.jdbc.sql("select to_regprocedure('audit.job_in_run(text, text, integer)')::text")
			.query(String.class)
			.optional()
			.isEmpty()) {
			throw new TablesMissingException();
		}
	}

	private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
		return (value != null) ? value.toInstant() : null;
	}

	/**
	 * What is stored of a job.
	 *
	 * @param job as it is stored now; empty when no answer was stored
	 * @param booking empty when it is not booked but by corrections
	 * @param runs newest first
	 */
	public record FoundJob(String account, String jobId, Optional<JobNow> job, Optional<Booking> booking,
			List<Correction> corrections, List<JobInRun> runs) {
	}

	/** A job as it is stored now. */
	public record JobNow(@Nullable String state, @Nullable String jobType, @Nullable String errorCode,
			@Nullable String errorMessage, @Nullable Long totalTokens, String usageStatus, @Nullable String userId,
			@Nullable Instant createTime, @Nullable Instant fetchedAt, @Nullable String requestId, long firstRun,
			@Nullable Instant erasedAt) {

		private static JobNow of(ResultSet row, int number) throws SQLException {
			return new JobNow(row.getString("state"), row.getString("job_type"), row.getString("error_code"),
					row.getString("error_message"), row.getObject("total_tokens", Long.class),
					row.getString("usage_status"), row.getString("user_id"), instant(row, "create_time"),
					instant(row, "fetched_at"), row.getString("request_id"), row.getLong("first_run_id"),
					instant(row, "erased_at"));
		}

	}

	/**
	 * How a job is booked.
	 *
	 * @param closed whether the month is closed
	 * @param spendStatus PRICED, UNPRICED, UNKNOWN or FREE
	 * @param spend exact amount, null unless PRICED
	 */
	public record Booking(YearMonth month, boolean closed, @Nullable String costCentre, @Nullable String currency,
			@Nullable BigDecimal pricePer1000Tokens, String spendStatus, @Nullable BigDecimal spend) {

		private static Booking of(ResultSet row, ZoneId zone) throws SQLException {
			LocalDate closed = row.getObject("closed_month", LocalDate.class);
			OffsetDateTime booked = row.getObject("booked_at", OffsetDateTime.class);
			return new Booking(YearMonth.from((closed != null) ? closed : booked.atZoneSameInstant(zone)),
					closed != null, row.getString("cost_centre"), row.getString("currency"),
					row.getBigDecimal("price_per_1000_tokens"), row.getString("spend_status"),
					row.getBigDecimal("spend"));
		}

	}

	/** What was learnt of a job after its month was closed. */
	public record Correction(@Nullable Instant seenAt, YearMonth month, String reason, long run, BigDecimal tokens,
			@Nullable String currency, @Nullable BigDecimal spend, @Nullable String costCentre) {

		private static Correction of(ResultSet row, int number) throws SQLException {
			return new Correction(instant(row, "seen_at"), YearMonth.from(row.getObject("month", LocalDate.class)),
					row.getString("reason"), row.getLong("run_id"), row.getBigDecimal("tokens"),
					row.getString("currency"), row.getBigDecimal("spend"), row.getString("cost_centre"));
		}

	}

	/** What became of a job in one run, as it was then; outcome is null while pending. */
	public record JobInRun(long run, @Nullable Instant startedAt, @Nullable String outcome, @Nullable String state,
			@Nullable String jobType, @Nullable String errorCode, @Nullable Long totalTokens, int attempts,
			@Nullable String code, @Nullable String message, @Nullable String requestId) {

		private static JobInRun of(ResultSet row, int number) throws SQLException {
			return new JobInRun(row.getLong("run_id"), instant(row, "started_at"), row.getString("outcome"),
					row.getString("state"), row.getString("job_type"), row.getString("error_code"),
					row.getObject("total_tokens", Long.class), row.getInt("attempts"), row.getString("code"),
					row.getString("message"), row.getString("request_id"));
		}

	}

	/** The tables of this release are not there. */
	private static final class TablesMissingException extends AuditException {

		private static final long serialVersionUID = 1L;

		TablesMissingException() {
			super(ExitStatus.PERMISSION, "the database has no tables of this release:"
					+ " run job-audit migrate as their owner, job_audit_owner");
		}

	}

}
