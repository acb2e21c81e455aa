package io.jobaudit.ledger;

import org.springframework.jdbc.core.JdbcOperations;

/** The exclusive right of a process to write for a run. */
@FunctionalInterface
public interface Fence {

	/**
	 * Checks that this process still has the right; called in each transaction that
	 * writes.
	 * @param jdbc the connection of the transaction
	 */
	void requireHeld(JdbcOperations jdbc);

}
