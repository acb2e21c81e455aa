package io.jobaudit.billing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.jobaudit.Account;
import io.jobaudit.billing.ClosedMonth.BookedTotals;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.support.SqlBinaryValue;

/** The closed months and their files in the database. */
record ClosedMonths(JdbcClient jdbc) {

	/**
	 * Lists the months of an account that are closed now, in the order of closing.
	 */
	List<ClosedMonth> list(Account account) {
		return this.jdbc.sql("""
				select close_id, month, zone, starts_at, ends_at, closed_at, closed_by, filed_at, invoice_id
				from audit.month_close
				where account = :account and reopened_at is null
				order by close_id
				""").param("account", account.name()).query((row, number) -> of(row)).list();
	}

	/** Finds a closed month of an account. */
	Optional<ClosedMonth> find(Account account, YearMonth month) {
		return list(account).stream().filter((closed) -> closed.month().equals(month)).findFirst();
	}

	/**
	 * Books every job of a month in its current state. Later changes are corrections.
	 */
	void close(Account account, YearMonth month, ClosingTerms terms, Instant now, String user) {
		Long closeId = this.jdbc.sql("""
				insert into audit.month_close (account, month, zone, starts_at, ends_at, closed_at, closed_by, version,
				  group_by, invoice_id, last_change_id)
				values (:account, :month, :zone, :starts, :ends, :now, :user, :version, :group_by, :invoice,
				  (select coalesce(max(change_id), 0) from audit.v_change))
				returning close_id
				""")
			.param("account", account.name())
			.param("month", month.atDay(1))
			.param("zone", terms.zone().getId())
			.param("starts", month.atDay(1).atStartOfDay(terms.zone()).toOffsetDateTime())
			.param("ends", month.plusMonths(1).atDay(1).atStartOfDay(terms.zone()).toOffsetDateTime())
			.param("now", now.atOffset(ZoneOffset.UTC))
			.param("user", user)
			.param("version", terms.version())
			.param("group_by", terms.groupBy())
			.param("invoice", terms.invoiceId(), Types.VARCHAR)
			.query(Long.class)
			.single();
		this.jdbc
			.sql("""
					insert into audit.closed_job (close_id, job_id, state, job_type, error_code, total_tokens, prompt_tokens,
					  completion_tokens, usage_status, create_time, booked_at, currency, price_per_1000_tokens, spend_status,
					  spend, error_message, title, user_id, user_data, labels, input_file, media_id, media_url, modified_time,
					  request_id, anomalies, fetched_at)
					select m.close_id, j.job_id, j.state, j.job_type, j.error_code, j.total_tokens, j.prompt_tokens,
					  j.completion_tokens, j.usage_status, j.create_time, j.booked_at, j.currency, j.price_per_1000_tokens,
					  j.spend_status, j.spend, case when j.state = 'Failed' then j.error_message end, j.title, j.user_id,
					  j.user_data, j.labels, j.input_file, j.media_id, j.media_url, j.modified_time, j.request_id, j.anomalies,
					  j.fetched_at
					from audit.month_close m
					join audit.v_job j on j.account = m.account and j.booked_at >= m.starts_at and j.booked_at < m.ends_at
					where m.close_id = :close
					and not exists (
					  select from audit.closed_job c
					  join audit.month_close o on o.close_id = c.close_id
					  where c.job_id = j.job_id and o.account = m.account and o.reopened_at is null)
					""")
			.param("close", closeId)
			.update();
	}

	/** Sums what is booked in a month. */
	BookedTotals totals(ClosedMonth month) {
		Map<String, BigDecimal> spend = new TreeMap<>();
		this.jdbc.sql(
				"select currency, sum(spend) as spend from audit.closed_job where close_id = :close and spend is not null"
						+ " group by currency")
			.param("close", month.closeId())
			.query((row) -> {
				spend.put(row.getString("currency"), row.getBigDecimal("spend"));
			});
		return this.jdbc.sql("""
				select count(*) as jobs, coalesce(sum(total_tokens), 0) as tokens,
				  count(*) filter (where spend_status = 'UNKNOWN')                      as unknown,
				  count(*) filter (where spend_status = 'UNPRICED')                     as unpriced,
				  count(*) filter (where state not in ('Finished', 'Failed'))           as unfinished
				from audit.closed_job where close_id = :close
				""")
			.param("close", month.closeId())
			.query((row, number) -> new BookedTotals(row.getLong("jobs"), row.getBigDecimal("tokens"),
					row.getLong("unknown"), row.getLong("unpriced"), row.getLong("unfinished"), spend))
			.single();
	}

	/** Records who reopens a month and why. */
	void reopen(ClosedMonth month, Instant now, String user, String reason) {
		this.jdbc.sql("""
				update audit.month_close set reopened_at = :now, reopened_by = :user, reopen_reason = :reason
				where close_id = :close
				""")
			.param("now", now.atOffset(ZoneOffset.UTC))
			.param("user", user)
			.param("reason", reason)
			.param("close", month.closeId())
			.update();
	}

	/** Records that the files of a month are archived. */
	void filed(ClosedMonth month, Instant now) {
		this.jdbc.sql("update audit.month_close set filed_at = :now where close_id = :close")
			.param("now", now.atOffset(ZoneOffset.UTC))
			.param("close", month.closeId())
			.update();
	}

	/**
	 * Archives a file of a month, streaming it to the database.
	 * @throws IllegalStateException when it has changed since it was written
	 */
	void keep(ClosedMonth month, MonthClosing.ArchivedReport report) {
		try (InputStream in = Files.newInputStream(report.path())) {
			this.jdbc
				.sql("insert into audit.closed_file (close_id, name, sha256, rows, content) values (?, ?, ?, ?, ?)")
				.params(month.closeId(), report.name(), report.sha256(), report.rows(),
						new SqlBinaryValue(in, Files.size(report.path())))
				.update();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("cannot read " + report.path(), ex);
		}
		if (!this.jdbc.sql(
				"select sha256 = encode(sha256(content), 'hex') from audit.closed_file where close_id = ? and name = ?")
			.params(month.closeId(), report.name())
			.query(Boolean.class)
			.single()) {
			throw new IllegalStateException(report.path() + " has changed since it was written; close the month again");
		}
	}

	private static ClosedMonth of(ResultSet row) throws SQLException {
		OffsetDateTime filedAt = row.getObject("filed_at", OffsetDateTime.class);
		return new ClosedMonth(row.getLong("close_id"), YearMonth.from(row.getObject("month", LocalDate.class)),
				ZoneId.of(row.getString("zone")), instant(row, "starts_at"), instant(row, "ends_at"),
				instant(row, "closed_at"), row.getString("closed_by"), (filedAt != null) ? filedAt.toInstant() : null,
				row.getString("invoice_id"));
	}

	private static Instant instant(ResultSet row, String column) throws SQLException {
		return row.getObject(column, OffsetDateTime.class).toInstant();
	}

}
