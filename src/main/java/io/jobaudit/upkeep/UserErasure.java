package io.jobaudit.upkeep;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.jobaudit.Account;
import io.jobaudit.AuditException;
import io.jobaudit.ExitStatus;
import io.jobaudit.ledger.Ledger;
import io.jobaudit.ledger.RunLock;
import io.jobaudit.report.subject.ReportProperties;
import io.jobaudit.store.StoreProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Erases the texts and raw answers of a user, in one transaction under the run's lock.
 * Counts, tokens, money and what cost centres are read from stay, and so does the id of
 * the user. Which columns of a job have texts is known to {@code audit.keep_erased()}.
 */
public record UserErasure(Ledger ledger, JdbcClient jdbc, TransactionOperations transactions, StoreProperties store,
		ReportProperties report) {

	private static final String KEPT = """
			select coalesce(group_by, :groupBy) from audit.month_close where account = :account
			union select :groupBy order by 1
			""";

	private static final String JOB_IDS = """
			select job_id from audit.smart_job where account = :account and user_id = :user
			union
			select c.job_id from audit.closed_job c join audit.month_close m on m.close_id = c.close_id
			where m.account = :account and c.user_id = :user
			union
			select job_id from audit.smart_job_change where account = :account and :user in (old_user_id, new_user_id)
			""";

	private static final String LOG = """
			insert into audit.erasure (account, user_id, kept, erased_by, version)
			values (:account, :user, :kept, :by || ', ' || current_user, :version)
			returning erasure_id
			""";

	private static final String ENABLE = "alter table audit.smart_job enable trigger smart_job_erased";

	private static final String JOBS = """
			update audit.smart_job set erased_at = now() where account = :account and user_id = :user and erased_at is null
			""";

	private static final String BOOKED_JOBS = """
			update audit.closed_job c set user_data = audit.only_groups(c.user_data, :kept), labels = audit.only_labels(c.labels, :kept),
			  anomalies = '[]', error_message = null, title = null, input_file = null, media_id = null, media_url = null
			from audit.month_close m
			where m.close_id = c.close_id and m.account = :account and c.user_id = :user
			and (c.user_data, c.labels, c.anomalies, c.error_message, c.title, c.input_file, c.media_id, c.media_url) is distinct from
			  (audit.only_groups(c.user_data, :kept), audit.only_labels(c.labels, :kept), jsonb '[]', null, null, null, null, null)
			""";

	private static final String CHANGES = """
			update audit.smart_job_change c set old_error_message = null, new_error_message = null,
			  old_user_data = audit.only_groups(c.old_user_data, :kept), new_user_data = audit.only_groups(c.new_user_data, :kept),
			  old_labels = audit.only_labels(c.old_labels, :kept), new_labels = audit.only_labels(c.new_labels, :kept)
			where c.account = :account and c.job_id in (select unnest(:jobs))
			and (c.old_error_message, c.new_error_message, c.old_user_data, c.new_user_data, c.old_labels, c.new_labels) is distinct from
			  (null, null, audit.only_groups(c.old_user_data, :kept), audit.only_groups(c.new_user_data, :kept),
			  audit.only_labels(c.old_labels, :kept), audit.only_labels(c.new_labels, :kept))
			""";

	private static final String ITEMS = """
			update audit.audit_item_row i set labels = audit.only_labels(i.labels, :kept), message = null
			from audit.audit_run r
			where r.run_id = i.run_id and r.account = :account and i.job_id in (select unnest(:jobs))
			and (i.labels, i.message) is distinct from (audit.only_labels(i.labels, :kept), null)
			""";

	/** Labels are an array in the order of the ids. */
	private static final String ITEMS_IN_BLOCKS = """
			with erased as (
			  select job_id from unnest(:jobs) as e (job_id)),
			label as (
			  select b.run_id, b.block_no, b.outcome, u.n, u.labels as old,
			    case when e.job_id is null then u.labels else audit.only_labels(u.labels, :kept) end as new
			  from audit.audit_item_block b
			  join audit.audit_run r on r.run_id = b.run_id and r.account = :account
			  cross join lateral rows from (unnest(b.ids), unnest(b.other_ids), jsonb_array_elements(b.labels)) with ordinality
			    as u (id, other_id, labels, n)
			  left join erased e on e.job_id = coalesce(replace(cast(u.id as text), '-', ''), u.other_id)
			  where b.labels is not null),
			block as (
			  select run_id, block_no, outcome, jsonb_agg(new order by n) as labels, count(*) filter (where new <> old) as ids
			  from label group by run_id, block_no, outcome having bool_or(new <> old)),
			written as (
			  update audit.audit_item_block b set labels = k.labels from block k
			  where b.run_id = k.run_id and b.block_no = k.block_no and b.outcome = k.outcome)
			select coalesce(sum(ids), 0) from block
			""";

	private static final String COUNTS = """
			update audit.erasure set jobs = :jobs, booked_jobs = :booked, changes = :changes, ids = :ids where erasure_id = :erasure
			""";

	private static final String FILED_MONTHS = """
			select to_char(m.month, 'YYYY-MM') from audit.month_close m
			where m.account = :account and m.filed_at is not null and exists (
			  select from audit.closed_job c where c.close_id = m.close_id and c.user_id = :user)
			group by m.month order by m.month
			""";

	private static final String REPORTS = """
			select report_directory from audit.audit_run
			where account = :account and report_directory is not null
			and run_id >= (select min(first_run_id) from audit.smart_job where account = :account and user_id = :user)
			order by run_id
			""";

	/**
	 * Erases the texts of a user.
	 * @param dryRun whether to roll back what was done
	 * @param version version of job-audit
	 * @throws SQLException when the database is unavailable
	 * @throws io.jobaudit.ledger.RunLock.RunLockedException when a run holds the lock
	 */
	public ErasedTexts erase(String user, boolean dryRun, String version) throws SQLException {
		TableOwner.require(this.jdbc, "erase rewrites what is stored");
		try (RunLock lock = this.ledger.lock(this.store.account())) {
			return Objects.requireNonNull(this.transactions.execute((status) -> {
				ErasedTexts erased = erase(user, version);
				this.ledger.requireHeld(lock);
				if (dryRun) {
					status.setRollbackOnly();
				}
				return erased;
			}));
		}
	}

	private ErasedTexts erase(String user, String version) {
		Account account = this.store.account();
		Map<String, Object> who = Map.of("account", account.name(), "user", user);
		List<String> jobs = texts(JOB_IDS, who);
		if (jobs.isEmpty()) {
			throw new UnknownUserException(account, user);
		}
		List<String> kept = texts(KEPT, Map.of("account", account.name(), "groupBy", this.report.groupBy()));
		Map<String, Object> all = Map.of("account", account.name(), "user", user, "kept", kept.toArray(String[]::new),
				"jobs", jobs.toArray(String[]::new));
		this.jdbc.sql(ENABLE).update();
		long erasure = this.jdbc.sql(LOG)
			.params(all)
			.param("by", System.getProperty("user.name"))
			.param("version", version)
			.query(Long.class)
			.single();
		ErasedTexts erased = new ErasedTexts(this.jdbc.sql(JOBS).params(who).update(),
				this.jdbc.sql(BOOKED_JOBS).params(all).update(), this.jdbc.sql(CHANGES).params(all).update(),
				this.jdbc.sql(ITEMS).params(all).update()
						+ this.jdbc.sql(ITEMS_IN_BLOCKS).params(all).query(Long.class).single(),
				kept, texts(FILED_MONTHS, who), texts(REPORTS, who));
		this.jdbc.sql(COUNTS)
			.param("jobs", erased.jobs())
			.param("booked", erased.bookedJobs())
			.param("changes", erased.changes())
			.param("ids", erased.ids())
			.param("erasure", erasure)
			.update();
		return erased;
	}

	private List<String> texts(String sql, Map<String, ?> parameters) {
		return this.jdbc.sql(sql).params(parameters).query((row, number) -> row.getString(1)).list();
	}

	/**
	 * What was erased, and what has the texts still.
	 *
	 * @param jobs jobs whose texts and raw answer are gone
	 * @param bookedJobs jobs of closed months without their texts
	 * @param changes changes in the trail without their texts
	 * @param ids ids of runs without their labels and messages
	 * @param kept labels and paths that cost centres are read from
	 * @param filedMonths closed months whose files stay byte for byte
	 * @param reports directories of reports that were written before
	 */
	public record ErasedTexts(long jobs, long bookedJobs, long changes, long ids, List<String> kept,
			List<String> filedMonths, List<String> reports) {

		public ErasedTexts {
			kept = List.copyOf(kept);
			filedMonths = List.copyOf(filedMonths);
			reports = List.copyOf(reports);
		}

	}

	/** A mistyped id must not look like an erasure. */
	private static final class UnknownUserException extends AuditException {

		private static final long serialVersionUID = 1L;

		UnknownUserException(Account account, String user) {
			super(ExitStatus.INPUT, "account %s has no job of user %s".formatted(account, user));
		}

	}

}
