package io.jobaudit.upkeep;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

import io.jobaudit.Account;
import io.jobaudit.ledger.Ledger;
import io.jobaudit.ledger.RunLock;

/**
 * Deletes old rows in batches. It holds the run's lock, so that no run writes meanwhile.
 */
public final class PurgeLauncher {

	private final Ledger ledger;

	private final RowPurge rows;

	private final Account account;

	private final Clock clock;

	PurgeLauncher(Ledger ledger, RowPurge rows, Account account, Clock clock) {
		this.ledger = ledger;
		this.rows = rows;
		this.account = account;
		this.clock = clock;
	}

	/** The instant before which runs are old. */
	public Instant before(Duration age) {
		return this.clock.instant().minus(age);
	}

	/**
	 * Counts what a purge would delete.
	 * @param before runs that ended before this instant are old
	 * @throws SQLException when the database is unavailable
	 */
	public PurgeCounts plan(Instant before) throws SQLException {
		return this.rows.plan(this.account, before);
	}

	/**
	 * Deletes old rows.
	 * @param before runs that ended before this instant are old
	 * @param stopping polled before each batch: whether to stop; the same command resumes
	 * @return what was deleted and kept
	 * @throws SQLException when the database is unavailable
	 * @throws io.jobaudit.ledger.RunLockedException when a run holds the lock
	 */
	public PurgeCounts purge(Instant before, BooleanSupplier stopping) throws SQLException {
		try (RunLock lock = this.ledger.lock(this.account)) {
			return this.rows.purge(this.account, before, (jdbc) -> this.ledger.requireHeld(lock, jdbc), stopping);
		}
	}

}
