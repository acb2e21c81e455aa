package io.jobaudit.cluster;

import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.jobaudit.Account;
import io.jobaudit.ExitStatus;
import io.jobaudit.RunId;
import io.jobaudit.cluster.NightSummary.NightReport;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Nights in the database: one run for each of several accounts. */
public record Nights(JdbcClient jdbc, TransactionOperations transactions) {

	/**
	 * An account of a night.
	 *
	 * @param run its run, null if none was opened
	 * @param status how it ended, null while it is in progress
	 * @param reason why it is not complete, null if it is
	 */
	public record NightAccount(Account account, @Nullable RunId run, @Nullable ExitStatus status,
			@Nullable String reason) {
	}

	/**
	 * Opens or continues the night of these accounts on a day. If it has ended, the
	 * accounts that are not complete start again.
	 * @param until time after which it makes no call, null for no limit
	 * @return its number
	 */
	long open(LocalDate day, @Nullable Instant until, List<String> accounts) {
		String[] names = accounts.stream().sorted().toArray(String[]::new);
		return Objects.requireNonNull(this.transactions.execute((status) -> {
			this.jdbc
				.sql("""
						insert into audit.audit_night (day, accounts) select :day, cast(:accounts as text[])
						where not exists (select from audit.audit_night where day = :day and accounts = cast(:accounts as text[]))
						on conflict do nothing
						""")
				.param("day", day)
				.param("accounts", names)
				.update();
			long night = this.jdbc.sql(
					"update audit.audit_night set until = :until where day = :day and accounts = cast(:accounts as text[])"
							+ " returning night_id")
				.param("until", (until != null) ? until.atOffset(ZoneOffset.UTC) : null, Types.TIMESTAMP_WITH_TIMEZONE)
				.param("day", day)
				.param("accounts", names)
				.query(Long.class)
				.single();
			this.jdbc
				.sql("""
						insert into audit.audit_night_account (night_id, account) select :night, unnest(cast(:accounts as text[]))
						on conflict do nothing
						""")
				.param("night", night)
				.param("accounts", names)
				.update();
			reopen(night);
			return night;
		}), "a transaction returns the night");
	}

	private void reopen(long night) {
		this.jdbc.sql("""
				update audit.audit_night_account a set exit_code = null, reason = null, ended_at = null
				where a.night_id = :night and a.exit_code > :complete
				and (select finished_at from audit.audit_night n where n.night_id = :night) is not null
				""").param("night", night).param("complete", ExitStatus.TOO_MANY_UNREADABLE.code()).update();
		this.jdbc.sql(
				"update audit.audit_night set finished_at = null, exit_code = null where night_id = :night and exit_code > :complete")
			.param("night", night)
			.param("complete", ExitStatus.TOO_MANY_UNREADABLE.code())
			.update();
	}

	/** The accounts of a night, by name. */
	public List<NightAccount> accounts(long night) {
		return this.jdbc
			.sql("select * from audit.audit_night_account where night_id = :night order by account collate \"C\"")
			.param("night", night)
			.query((row, number) -> {
				Integer code = row.getObject("exit_code", Integer.class);
				return new NightAccount(new Account(row.getString("account")),
						RunId.ofNullable(row.getObject("run_id", Long.class)),
						(code != null) ? ExitStatus.of(code) : null, row.getString("reason"));
			})
			.list();
	}

	/** The run of an account, if it has one. */
	Optional<RunId> run(long night, Account account) {
		return accounts(night).stream()
			.filter((one) -> one.account().equals(account))
			.findFirst()
			.map(NightAccount::run);
	}

	void begin(long night, Account account, RunId run) {
		this.jdbc
			.sql("update audit.audit_night_account set run_id = :run where night_id = :night and account = :account")
			.param("run", run.value())
			.param("night", night)
			.param("account", account.name())
			.update();
	}

	/**
	 * Records that an account has ended without a run, or before its ids were imported.
	 */
	void end(long night, Account account, ExitStatus status, String reason) {
		this.jdbc.sql("""
				update audit.audit_night_account set exit_code = :code, reason = :reason, ended_at = now()
				where night_id = :night and account = :account
				""")
			.param("code", status.code())
			.param("reason", reason)
			.param("night", night)
			.param("account", account.name())
			.update();
	}

	/**
	 * Records that a run of accounts has ended.
	 * @return the nights that it belongs to
	 */
	List<Long> end(RunId run, ExitStatus status, @Nullable String reason) {
		return this.jdbc.sql("""
				update audit.audit_night_account set exit_code = :code, reason = cast(:reason as text), ended_at = now()
				where run_id = :run and exit_code is null returning night_id
				""")
			.param("code", status.code())
			.param("reason", reason)
			.param("run", run.value())
			.query((row, number) -> row.getLong("night_id"))
			.list();
	}

	/** The time at which a night must end, if there is a limit. */
	Optional<Instant> until(long night) {
		return this.jdbc.sql("select until from audit.audit_night where night_id = :night and until is not null")
			.param("night", night)
			.query(OffsetDateTime.class)
			.optional()
			.map(OffsetDateTime::toInstant);
	}

	/** Whether all accounts of a night have ended. */
	boolean isOver(long night) {
		return accounts(night).stream().noneMatch((account) -> account.status() == null);
	}

	void finish(long night, ExitStatus status, String summary) {
		this.jdbc.sql("""
				update audit.audit_night set finished_at = now(), exit_code = :code, summary = cast(:summary as jsonb)
				where night_id = :night
				""").param("code", status.code()).param("summary", summary).param("night", night).update();
	}

	/** How a night ended; empty while it runs. */
	public Optional<ExitStatus> status(long night) {
		return this.jdbc
			.sql("select exit_code from audit.audit_night where night_id = :night and finished_at is not null")
			.param("night", night)
			.query(Integer.class)
			.optional()
			.map(ExitStatus::of);
	}

	/**
	 * The result of its reports about all accounts; empty while it runs, and for nights
	 * of earlier releases.
	 */
	Optional<NightReport> accountsReport(long night) {
		return this.jdbc.sql("""
				select summary #>> '{accountsReport,directory}' as directory,
				  cast(summary #>> '{accountsReport,exitCode}' as int) as exit_code,
				  summary #>> '{accountsReport,reason}' as reason
				from audit.audit_night
				where night_id = :night and finished_at is not null and summary ->> 'accountsReport' is not null
				""")
			.param("night", night)
			.query((row, number) -> new NightReport(row.getString("directory"), ExitStatus.of(row.getInt("exit_code")),
					row.getString("reason")))
			.optional();
	}

	/** The day of a night; empty if there is no such night. */
	public Optional<LocalDate> day(long night) {
		return this.jdbc.sql("select day from audit.audit_night where night_id = :night")
			.param("night", night)
			.query(LocalDate.class)
			.optional();
	}

}
