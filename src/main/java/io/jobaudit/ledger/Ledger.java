package io.jobaudit.ledger;

import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The room's door: readers and writers for one run. */
public final class Ledger {

	private final JdbcOperations jdbc;

	private final JdbcClient client;

	Ledger(JdbcOperations jdbc, JdbcClient client) {
		this.jdbc = jdbc;
		this.client = client;
	}

	/** Writes a run's input lines down. */
	public ImportWriter importWriter(AuditRun run) {
		return new ImportWriter(this.jdbc, run.runId());
	}

	/**
	 * Reads a run's pending items.
	 * @param refetch whether jobs stored in a final state are asked again
	 */
	public PendingItemReader pendingItems(AuditRun run, boolean refetch) {
		return new PendingItemReader(this.client, run, refetch);
	}

	/** Gives a run's items their outcomes. */
	public OutcomeWriter outcomeWriter(AuditRun run) {
		return new OutcomeWriter(this.jdbc, run.runId());
	}

}
