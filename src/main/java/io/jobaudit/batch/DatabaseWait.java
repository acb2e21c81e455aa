package io.jobaudit.batch;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import io.jobaudit.Account;
import io.jobaudit.ledger.Ledger;
import io.jobaudit.ledger.RunLock;
import io.jobaudit.store.DatabaseOutage;

/** Waits for an unavailable database. */
final class DatabaseWait {

	private static final long PAUSE_MILLIS = 500;

	private final Ledger ledger;

	private final Duration patience;

	private final Clock clock;

	DatabaseWait(Ledger ledger, Duration patience, Clock clock) {
		this.ledger = ledger;
		this.patience = patience;
		this.clock = clock;
	}

	/**
	 * Waits until the database is back and the run's lock is ours again.
	 * @param outage why it waits
	 * @throws SQLException when the patience is over
	 * @throws io.jobaudit.ledger.RunLockedException when another run has taken over
	 */
	RunLock untilLocked(Account account, StopRequest stop, Throwable outage) throws SQLException, InterruptedException {
		Instant began = this.clock.instant();
		while (true) {
			// A server that is going down may still accept clients for a moment.
			TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
			try {
				return this.ledger.lock(account);
			}
			catch (SQLException | RuntimeException ex) {
				boolean patient = Duration.between(began, this.clock.instant()).compareTo(this.patience) < 0;
				if (!DatabaseOutage.isCauseOf(ex) || !patient || stop.reason() != null) {
					ex.addSuppressed(outage);
					throw ex;
				}
			}
		}
	}

}
