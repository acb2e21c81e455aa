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
 * Deletes what is old, while no run writes: it holds the run's lock, and commits batch by
 * batch what it deleted with the lock in hand.
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

	/** The instant before which all is old. */
	public Instant before(Duration age) {
		return this.clock.instant().minus(age);
	}

	/**
	 * Tells what a purge would delete.
	 * @param before what ended before this instant is old
	 * @throws SQLException when the database is out of reach
	 */
	public PurgeCounts plan(Instant before) throws SQLException {
		return this.rows.plan(this.account, before);
	}

	/**
	 * Deletes it.
	 * @param before what ended before this instant is old
	 * @param stopping asked before each batch whether to stop: the same again goes on
	 * @return what was old
	 * @throws SQLException when the database is out of reach
	 * @throws io.jobaudit.ledger.RunLockedException when a run holds the lock
	 */
	public PurgeCounts purge(Instant before, BooleanSupplier stopping) throws SQLException {
		try (RunLock lock = this.ledger.lock(this.account)) {
			return this.rows.purge(this.account, before, (jdbc) -> this.ledger.requireHeld(lock, jdbc), stopping);
		}
	}

}
