package io.jobaudit.upkeep;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import io.jobaudit.Account;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Deletes what {@link RowPurge} has collected, referring rows first.
 */
final class RowDeletion {

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

	private static final String[] ITEMS = { """
			delete from audit.audit_item i using audit.purge_item p
			where p.n > ? and p.n <= ? and i.run_id = p.run_id and i.item_no = p.item_no
			""" };

	private static final String[] OF_RUNS = { """
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
					""", """
					delete from batch.batch_job_instance i using audit.purge_execution p
					where p.n > ? and p.n <= ? and i.job_instance_id = p.job_instance_id
					and not exists (select from batch.batch_job_execution e where e.job_instance_id = i.job_instance_id)
					""" };

	private final JdbcOperations jdbc;

	private final TransactionOperations transactions;

	private final Consumer<JdbcOperations> guard;

	private final BooleanSupplier stopping;

	RowDeletion(JdbcOperations jdbc, TransactionOperations transactions, Consumer<JdbcOperations> guard,
			BooleanSupplier stopping) {
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.guard = guard;
		this.stopping = stopping;
	}

	/** Runs are marked first: no report of a half purged run is written. */
	void run(Account account) {
		inBatches("audit.purge_run", BATCH, RUNS);
		inBatches("audit.purge_job", BATCH, JOBS, account.name());
		inBatches("audit.purge_item", BATCH, ITEMS);
		inBatches("audit.purge_run", 1, OF_RUNS);
		inBatches("audit.purge_execution", BATCH, EXECUTIONS);
	}

	private void inBatches(String table, int size, String[] statements, String... more) {
		long rows = count(table);
		for (long after = 0; after < rows && !this.stopping.getAsBoolean(); after += size) {
			Object[] parameters = new Object[2 + more.length];
			parameters[0] = after;
			parameters[1] = after + size;
			System.arraycopy(more, 0, parameters, 2, more.length);
			this.transactions.executeWithoutResult((status) -> {
				for (String statement : statements) {
					this.jdbc.update(statement, parameters);
				}
				this.guard.accept(this.jdbc);
			});
		}
	}

	private long count(String table) {
		Long rows = this.jdbc.queryForObject("select count(*) from " + table, Long.class);
		return (rows != null) ? rows : 0;
	}

}
