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
	 * @throws RunLock.RunLockedException when another run holds it
	 */
	public RunLock lock(Account account) throws SQLException {
		return RunLock.acquire(this.dataSource, account);
	}

	/**
	 * Checks that the lock is still held; called in the transaction that writes.
	 * @throws RunLock.RunLockLostException when the server no longer has it
	 */
	public void requireHeld(RunLock lock) {
		lock.requireHeld(this.jdbc);
	}

	/**
	 * The same on another connection.
	 * @throws RunLock.RunLockLostException when the server no longer has it
	 */
	public void requireHeld(RunLock lock, JdbcOperations connection) {
		lock.requireHeld(connection);
	}

	/** Stores a run's input lines. */
	public ImportWriter importWriter(AuditRun run, RunLock lock) {
		return new ImportWriter(this.jdbc, new JdbcTransactionManager(this.dataSource), run.runId(), lock);
	}

	/**
	 * Reads a run's pending items.
	 * @param refetch whether jobs stored in a final state are fetched again
	 */
	public PendingItemReader pendingItems(AuditRun run, boolean refetch) {
		return new PendingItemReader(this.client, run, refetch);
	}

	/** Stores the outcomes of a run's items. */
	public OutcomeWriter outcomeWriter(AuditRun run, RunLock lock) {
		return new OutcomeWriter(this.jdbc, run.runId(), lock);
	}

	/**
	 * The holder of an account's lock, empty when it is free.
	 * @param jdbc any connection to the database
	 */
	public static Optional<String> lockHolder(JdbcClient jdbc, Account account) {
		return RunLock.holder(jdbc, account);
	}

}
