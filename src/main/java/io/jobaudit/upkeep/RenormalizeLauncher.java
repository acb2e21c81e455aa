package io.jobaudit.upkeep;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import io.jobaudit.Account;
import io.jobaudit.RunId;
import io.jobaudit.ledger.Ledger;
import io.jobaudit.ledger.RunLock;
import io.jobaudit.ledger.Runs;
import io.jobaudit.normalize.SmartJob;
import io.jobaudit.normalize.SmartJobNormalizer;
import io.jobaudit.store.SmartJobStores;
import io.jobaudit.store.StoredJob;
import io.jobaudit.store.StoredJobs;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Reads stored answers again after the mapping has changed, page by page. It holds the
 * run's lock, so that no run writes meanwhile.
 */
public final class RenormalizeLauncher {

	/** An answer may be megabytes. */
	private static final int PAGE = 200;

	private final Ledger ledger;

	private final Runs runs;

	private final SmartJobStores stores;

	private final TransactionOperations transactions;

	private final Account account;

	RenormalizeLauncher(Ledger ledger, Runs runs, SmartJobStores stores, TransactionOperations transactions,
			Account account) {
		this.ledger = ledger;
		this.runs = runs;
		this.stores = stores;
		this.transactions = transactions;
		this.account = account;
	}

	/**
	 * Reads the answers of an account's jobs again; makes no API call.
	 * @param run only jobs of this run, null for all
	 * @param dryRun whether to count only
	 * @param stopping polled before each page: whether to stop; the same command resumes
	 * @return what has changed
	 * @throws io.jobaudit.ids.BadInputException when the run does not exist
	 * @throws SQLException when the database is unavailable
	 * @throws io.jobaudit.ledger.RunLockedException when a run holds the lock
	 */
	public RenormalizeResult run(@Nullable RunId run, boolean dryRun, BooleanSupplier stopping) throws SQLException {
		if (run != null && !this.runs.has(this.account, run)) {
			throw Runs.unknown(this.account, run);
		}
		StoredJobs rows = this.stores.rows(this.account);
		RenormalizeResult result = new RenormalizeResult();
		try (RunLock lock = this.ledger.lock(this.account)) {
			List<StoredJob> page = rows.page(run, "", PAGE);
			while (!page.isEmpty() && !stopping.getAsBoolean()) {
				List<SmartJob> different = different(page, result);
				if (!dryRun) {
					write(rows, different, lock);
				}
				page = rows.page(run, page.get(page.size() - 1).job().jobId().value(), PAGE);
			}
		}
		return result;
	}

	private static List<SmartJob> different(List<StoredJob> page, RenormalizeResult result) {
		List<SmartJob> different = new ArrayList<>();
		for (StoredJob row : page) {
			SmartJob stored = row.job();
			Optional<SmartJob> read = SmartJobNormalizer.renormalize(stored, row.fetchedAt());
			result.count(stored, read);
			read.filter((job) -> !job.equals(stored)).ifPresent(different::add);
		}
		return different;
	}

	private void write(StoredJobs rows, List<SmartJob> different, RunLock lock) {
		this.transactions.executeWithoutResult((status) -> {
			rows.update(different);
			this.ledger.requireHeld(lock);
		});
	}

}
