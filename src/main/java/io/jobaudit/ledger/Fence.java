package io.jobaudit.ledger;

import org.springframework.jdbc.core.JdbcOperations;

/** What gives a process alone the right to write for a run. */
@FunctionalInterface
public interface Fence {

	/**
	 * Checks that the right is still ours; called in each transaction that writes.
	 * @param jdbc the connection of the transaction
	 */
	void requireHeld(JdbcOperations jdbc);

}
