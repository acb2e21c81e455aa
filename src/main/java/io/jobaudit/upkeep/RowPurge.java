package io.jobaudit.upkeep;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.jobaudit.Account;
import io.jobaudit.AuditException;
import io.jobaudit.ExitStatus;
import io.jobaudit.upkeep.PurgeLauncher.PurgeCounts;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Deletes old rows. Runs that ended before an instant lose their ids and rejected lines,
 * and the jobs that no other run and no closed month refers to. What is left can still be
 * reported on, and booked figures stay. The ids of all other runs move into blocks.
 */
record RowPurge(DataSource dataSource) {

	private static final List<String> TABLES = List.of("audit.purge_run", "audit.purge_job", "audit.purge_execution");

	private static final String OLD_RUNS = """
			create unlogged table audit.purge_run as
			select row_number() over (order by run_id) as n, run_id from audit.audit_run
			where account = ? and (purged_at is not null or coalesce(finished_at, started_at) < ?)
			""";

	private static final String OLD_JOBS = """
			create unlogged table audit.purge_job as
			select row_number() over () as n, j.job_id, j.create_time from audit.smart_job j
			where j.account = ? and j.fetched_at < ?
			and not exists (
			  select from audit.v_item i join audit.audit_run r on r.run_id = i.run_id
			  where i.job_id = j.job_id and r.account = j.account
			  and not exists (select from audit.purge_run p where p.run_id = i.run_id))
			and not exists (
			  select from audit.month_close m
			  where m.account = j.account and m.reopened_at is null
			  and (coalesce(j.create_time, j.first_seen_at) >= m.starts_at and coalesce(j.create_time, j.first_seen_at) < m.ends_at
			    or exists (select from audit.closed_job c where c.close_id = m.close_id and c.job_id = j.job_id)))
			""";

	private static final String OLD_EXECUTIONS = """
			create unlogged table audit.purge_execution as
			select row_number() over () as n, e.job_execution_id, e.job_instance_id from batch.batch_job_execution e
			join batch.batch_job_execution_params a on a.job_execution_id = e.job_execution_id
			join audit.purge_run p on a.parameter_name = 'run' and a.parameter_value = p.run_id::text
			""";

	/** Key of the lock of the work tables. */
	private static final long LOCK = 1785684578;

	/**
	 * Counts old rows, and changes nothing.
	 * @param before runs that ended before this instant are old
	 */
	public PurgeCounts plan(Account account, Instant before) throws SQLException {
		return withWorkTables((jdbc, single) -> {
			collect(jdbc, account, before);
			return PurgeCounts.read(jdbc, account, before);
		});
	}

	/**
	 * Deletes old rows, one batch per transaction; the same command resumes.
	 * @param before runs that ended before this instant are old
	 * @param guard called in each transaction; what it throws rolls it back
	 * @param stopping polled before each batch: whether to stop
	 */
	public PurgeCounts purge(Account account, Instant before, Consumer<JdbcOperations> guard, BooleanSupplier stopping)
			throws SQLException {
		return withWorkTables((jdbc, single) -> {
			collect(jdbc, account, before);
			PurgeCounts counts = PurgeCounts.read(jdbc, account, before);
			new RowDeletion(jdbc, new TransactionTemplate(new JdbcTransactionManager(single)), guard, stopping)
				.run(account);
			return counts;
		});
	}

	/** Only the owner of the tables may purge; it may make no temporary ones. */
	private PurgeCounts withWorkTables(BiFunction<JdbcTemplate, DataSource, PurgeCounts> work) throws SQLException {
		try (Connection connection = this.dataSource.getConnection()) {
			SingleConnectionDataSource single = new SingleConnectionDataSource(connection, true);
			JdbcTemplate jdbc = new JdbcTemplate(single);
			TableOwner.require(JdbcClient.create(single), "purge deletes rows");
			if (!is(jdbc, "select pg_try_advisory_lock(" + LOCK + ")")) {
				throw new PurgeRunningException();
			}
			try {
				return work.apply(jdbc, single);
			}
			finally {
				forget(jdbc);
				is(jdbc, "select pg_advisory_unlock(" + LOCK + ")");
			}
		}
	}

	private static boolean is(JdbcTemplate jdbc, String sql) {
		return Boolean.TRUE.equals(jdbc.queryForObject(sql, Boolean.class));
	}

	private static void collect(JdbcTemplate jdbc, Account account, Instant before) {
		forget(jdbc);
		Object cutoff = before.atOffset(ZoneOffset.UTC);
		jdbc.update(OLD_RUNS, account.name(), cutoff);
		jdbc.update(OLD_JOBS, account.name(), cutoff);
		jdbc.update(OLD_EXECUTIONS);
		for (String table : TABLES) {
			jdbc.execute("create index on " + table + " (n); analyze " + table);
		}
	}

	private static void forget(JdbcTemplate jdbc) {
		TABLES.forEach((table) -> jdbc.execute("drop table if exists " + table));
	}

	/** Nothing was purged: another purge is running. */
	private static final class PurgeRunningException extends AuditException {

		private static final long serialVersionUID = 1L;

		PurgeRunningException() {
			super(ExitStatus.NOT_NOW, "another purge is running on this database; run purge again when it has ended");
		}

	}

	/**
	 * Deletes what {@link RowPurge} has collected, referring rows first.
	 */
	private record RowDeletion(JdbcOperations jdbc, TransactionOperations transactions, Consumer<JdbcOperations> guard,
			BooleanSupplier stopping) {

		private static final int BATCH = 5_000;

		private static final String[] RUNS = { """
				update audit.audit_run r set purged_at = now() from audit.purge_run p
				where p.n > ? and p.n <= ? and r.run_id = p.run_id and r.purged_at is null
				""" };

		private static final String[] JOBS = { """
				delete from audit.smart_job_change c using audit.purge_job p
				where p.n > ? and p.n <= ? and c.account = ? and c.job_id = p.job_id
				""", """
				delete from audit.smart_job j using audit.purge_job p
				where p.n > ? and p.n <= ? and j.account = ? and j.job_id = p.job_id
				""" };

		/** Keeps when a job was first seen, which is needed after its item is deleted. */
		private static final String[] FIRST_SEEN = { """
				update audit.smart_job j set first_seen_at = i.decided_at
				from audit.purge_run p join audit.audit_item_row i on i.run_id = p.run_id
				where p.n > ? and p.n <= ? and j.account = ? and j.job_id = i.job_id and j.first_run_id = i.run_id
				and j.first_seen_at is null
				""" };

		private static final String[] OF_RUNS = { """
				delete from audit.audit_item_row i using audit.purge_run p
				where p.n > ? and p.n <= ? and i.run_id = p.run_id
				""", """
				delete from audit.audit_item_block b using audit.purge_run p
				where p.n > ? and p.n <= ? and b.run_id = p.run_id
				""", """
				delete from audit.audit_part l using audit.purge_run p
				where p.n > ? and p.n <= ? and l.run_id = p.run_id
				""", """
				delete from audit.audit_listed_job l using audit.purge_run p
				where p.n > ? and p.n <= ? and l.run_id = p.run_id
				""", """
				delete from audit.audit_listing l using audit.purge_run p
				where p.n > ? and p.n <= ? and l.run_id = p.run_id
				""", """
				delete from audit.audit_rejected_line l using audit.purge_run p
				where p.n > ? and p.n <= ? and l.run_id = p.run_id
				""" };

		private static final String[] EXECUTIONS = {
				"""
						delete from batch.batch_step_execution_context c using batch.batch_step_execution s, audit.purge_execution p
						where p.n > ? and p.n <= ? and s.job_execution_id = p.job_execution_id and c.step_execution_id = s.step_execution_id
						""",
				"""
						delete from batch.batch_step_execution s using audit.purge_execution p
						where p.n > ? and p.n <= ? and s.job_execution_id = p.job_execution_id
						""", """
						delete from batch.batch_job_execution_context c using audit.purge_execution p
						where p.n > ? and p.n <= ? and c.job_execution_id = p.job_execution_id
						""", """
						delete from batch.batch_job_execution_params a using audit.purge_execution p
						where p.n > ? and p.n <= ? and a.job_execution_id = p.job_execution_id
						""", """
						delete from batch.batch_job_execution e using audit.purge_execution p
						where p.n > ? and p.n <= ? and e.job_execution_id = p.job_execution_id
						""",
				"""
						delete from batch.batch_job_instance i using audit.purge_execution p
						where p.n > ? and p.n <= ? and i.job_instance_id = p.job_instance_id
						and not exists (select from batch.batch_job_execution e where e.job_instance_id = i.job_instance_id)
						""" };

		/**
		 * Runs are marked before anything is deleted: no report of a half purged run is
		 * written, and the parts of marked runs may go.
		 */
		void run(Account account) {
			inBatches("audit.purge_run", 1, FIRST_SEEN, account.name());
			inBatches("audit.purge_run", BATCH, RUNS);
			inBatches("audit.purge_job", BATCH, JOBS, account.name());
			if (!this.stopping.getAsBoolean()) {
				inTransaction(() -> this.jdbc.queryForObject("select audit.drop_purged_parts()", Long.class));
			}
			inBatches("audit.purge_run", 1, OF_RUNS);
			inBatches("audit.purge_execution", BATCH, EXECUTIONS);
			compact(account);
		}

		/** Runs of earlier releases, and those that ended before their ids had moved. */
		private void compact(Account account) {
			List<Long> runs = this.jdbc.query(
					"select run_id from audit.audit_run where account = ? and purged_at is null and status = 'COMPLETED'"
							+ " order by run_id",
					(row, number) -> row.getLong(1), account.name());
			for (Long run : runs) {
				boolean more = true;
				while (more && !this.stopping.getAsBoolean()) {
					more = inTransaction(
							() -> this.jdbc.queryForObject("select audit.compact_ledger(?) > 0", Boolean.class, run));
				}
			}
		}

		private <T> T inTransaction(Supplier<@Nullable T> work) {
			return Objects.requireNonNull(this.transactions.execute((status) -> {
				T result = work.get();
				this.guard.accept(this.jdbc);
				return result;
			}));
		}

		private void inBatches(String table, int size, String[] statements, String... more) {
			long rows = count(table);
			for (long after = 0; after < rows && !this.stopping.getAsBoolean(); after += size) {
				Object[] parameters = new Object[2 + more.length];
				parameters[0] = after;
				parameters[1] = after + size;
				System.arraycopy(more, 0, parameters, 2, more.length);
				inTransaction(() -> Stream.of(statements)
					.mapToInt((statement) -> this.jdbc.update(statement, parameters))
					.sum());
			}
		}

		private long count(String table) {
			Long rows = this.jdbc.queryForObject("select count(*) from " + table, Long.class);
			return (rows != null) ? rows : 0;
		}

	}

}
