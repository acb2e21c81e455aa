package io.jobaudit.ledger;

import java.sql.SQLException;
import java.util.Optional;

import javax.sql.DataSource;

import io.jobaudit.Account;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Readers and writers for one run, and the lock of an account. */
public record Ledger(DataSource dataSource, JdbcOperations jdbc, JdbcClient client) {

	/**
	 * Takes the lock that lets one run at a time write for an account.
	 * @throws RunLock.RunLockedException when another run holds it, or workers share one
	 */
	public RunLock lock(Account account) throws SQLException {
		RunLock lock = lockBesideWorkers(account);
		try {
			SharedRuns shared = new SharedRuns(this.client);
			shared.inProgress(account).ifPresent((run) -> {
				throw new RunLock.RunSharedException(account, run, shared.holders(run));
			});
			return lock;
		}
		catch (RuntimeException ex) {
			lock.close();
			throw ex;
		}
	}

	/**
	 * Takes the lock even if workers share a run of the account.
	 * @throws RunLock.RunLockedException when another process holds it
	 */
	public RunLock lockBesideWorkers(Account account) throws SQLException {
		return RunLock.acquire(this.dataSource, account);
	}

	/**
	 * Checks that this process still has the right to write; called in the transaction
	 * that writes.
	 * @throws RunLock.RunLockLostException when the server no longer has the lock
	 */
	public void requireHeld(Fence fence) {
		fence.requireHeld(this.jdbc);
	}

	/**
	 * The same on another connection.
	 * @throws RunLock.RunLockLostException when the server no longer has it
	 */
	public void requireHeld(RunLock lock, JdbcOperations connection) {
		lock.requireHeld(connection);
	}

	/** Stores a run's input lines. */
	public ImportWriter importWriter(AuditRun run, Fence fence) {
		return new ImportWriter(this.jdbc, new JdbcTransactionManager(this.dataSource), run.runId(), fence);
	}

	/**
	 * Reads a run's pending items.
	 * @param lines the lines of the input whose items are read
	 * @param refetch whether jobs stored in a final state are fetched again
	 */
	public PendingItemReader pendingItems(AuditRun run, ItemRange lines, boolean refetch) {
		return new PendingItemReader(this.client, run, lines, refetch);
	}

	/** Stores the outcomes of a run's items. */
	public OutcomeWriter outcomeWriter(AuditRun run, Fence fence) {
		return new OutcomeWriter(this.jdbc, run.runId(), fence);
	}

	/**
	 * The holder of an account's lock, empty when it is free.
	 * @param jdbc any connection to the database
	 */
	public static Optional<String> lockHolder(JdbcClient jdbc, Account account) {
		return RunLock.holder(jdbc, account);
	}

}
