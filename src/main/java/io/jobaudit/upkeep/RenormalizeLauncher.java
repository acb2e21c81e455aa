package io.jobaudit.upkeep;

import java.lang.reflect.RecordComponent;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

import io.jobaudit.RunId;
import io.jobaudit.ledger.Ledger;
import io.jobaudit.ledger.RunLock;
import io.jobaudit.ledger.Runs;
import io.jobaudit.normalize.SmartJob;
import io.jobaudit.normalize.SmartJobNormalizer;
import io.jobaudit.store.SmartJobStore.StoredJob;
import io.jobaudit.store.SmartJobStores;
import io.jobaudit.store.StoreProperties;
import io.jobaudit.store.StoredJobs;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Reads stored answers again after the mapping has changed, page by page. It holds the
 * run's lock, so that no run writes meanwhile.
 */
public record RenormalizeLauncher(Ledger ledger, Runs runs, SmartJobStores stores, TransactionOperations transactions,
		StoreProperties store) {

	/** Jobs per page; small, because an answer may have megabytes. */
	private static final int PAGE = 200;

	/**
	 * Reads the answers of an account's jobs again; makes no API call.
	 * @param run only jobs of this run, null for all
	 * @param dryRun whether to count only
	 * @param stopping polled before each page: whether to stop; the same command resumes
	 * @throws io.jobaudit.ids.BadInputException when the run does not exist
	 * @throws SQLException when the database is unavailable
	 * @throws io.jobaudit.ledger.RunLock.RunLockedException when a run holds the lock
	 */
	public RenormalizeResult run(@Nullable RunId run, boolean dryRun, BooleanSupplier stopping) throws SQLException {
		if (run != null && !this.runs.has(this.store.account(), run)) {
			throw Runs.unknown(this.store.account(), run);
		}
		StoredJobs rows = this.stores.rows(this.store.account());
		RenormalizeResult result = new RenormalizeResult();
		try (RunLock lock = this.ledger.lock(this.store.account())) {
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

	/** Result of reading stored answers again. */
	public static final class RenormalizeResult {

		private final Map<String, Long> columns = new TreeMap<>();

		private long read;

		private long changed;

		private long left;

		RenormalizeResult() {
		}

		public long read() {
			return this.read;
		}

		/** Rows that differ by today's rules. */
		public long changed() {
			return this.changed;
		}

		/** Rows left unchanged, because their answer is no longer stored. */
		public long left() {
			return this.left;
		}

		public Map<String, Long> columns() {
			return Collections.unmodifiableMap(this.columns);
		}

		void count(SmartJob stored, Optional<SmartJob> today) {
			this.read++;
			this.left += today.isEmpty() ? 1 : 0;
			if (today.isPresent() && !today.get().equals(stored)) {
				this.changed++;
				for (RecordComponent column : SmartJob.class.getRecordComponents()) {
					if (!Objects.equals(value(column, stored), value(column, today.get()))) {
						this.columns.merge(column.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT), 1L,
								Long::sum);
					}
				}
			}
		}

		private static Object value(RecordComponent column, SmartJob job) {
			try {
				return Optional.ofNullable(column.getAccessor().invoke(job));
			}
			catch (ReflectiveOperationException ex) {
				throw new IllegalStateException("a record can be read by its accessors", ex);
			}
		}

	}

}
