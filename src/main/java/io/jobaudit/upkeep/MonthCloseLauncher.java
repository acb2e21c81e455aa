package io.jobaudit.upkeep;

import java.sql.SQLException;
import java.time.YearMonth;
import java.util.Objects;
import java.util.function.Supplier;

import io.jobaudit.billing.ClosedMonth;
import io.jobaudit.billing.ClosedMonth.BookedTotals;
import io.jobaudit.billing.ClosingTerms;
import io.jobaudit.billing.MonthClosing;
import io.jobaudit.billing.MonthClosing.ArchivedReport;
import io.jobaudit.billing.PriceLoader;
import io.jobaudit.ledger.Ledger;
import io.jobaudit.ledger.RunLock;
import io.jobaudit.report.ReportWriter;
import io.jobaudit.report.WrittenReports;
import io.jobaudit.report.subject.ReportPeriod;
import io.jobaudit.report.subject.ReportProperties;
import io.jobaudit.report.subject.ReportWatch;
import io.jobaudit.store.StoreProperties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Closes and reopens months. It holds the run's lock, so that no run writes meanwhile.
 */
public record MonthCloseLauncher(Ledger ledger, PriceLoader prices, MonthClosing months, ReportWriter reports,
		TransactionOperations transactions, StoreProperties store, ReportProperties report) {

	private static final Logger LOG = LoggerFactory.getLogger(MonthCloseLauncher.class);

	/**
	 * Closes a month, or resumes a closing that was interrupted.
	 * @param invoiceId the vendor's invoice; null when it is not known
	 * @param stopping polled: whether to stop early
	 * @throws SQLException when the database is unavailable
	 * @throws io.jobaudit.ledger.RunLock.RunLockedException when a run holds the lock
	 * @throws io.jobaudit.billing.MonthClosing.MonthCloseException when the month cannot
	 * be closed
	 * @throws io.jobaudit.report.subject.ReportStoppedException when it stops early: the
	 * same command resumes
	 */
	public MonthCloseResult close(YearMonth month, @Nullable String invoiceId, String version, ReportWatch watch)
			throws SQLException {
		this.reports.requireUsableQueries();
		try (RunLock lock = this.ledger.lock(this.store.account())) {
			this.prices.load(this.store.account(), this.report.zone());
			ClosingTerms terms = new ClosingTerms(this.report.zone(), this.report.groupBy(), invoiceId, version);
			ClosedMonth closed = commit(lock, () -> this.months.close(this.store.account(), month, terms));
			this.months.closedAfter(this.store.account(), month)
				.forEach((later) -> LOG.warn("{} was closed before {}; its stored reports show {} as of that time",
						later, month, month));
			LOG.info("The jobs of {} are booked; writing the reports", month);
			WrittenReports written = this.reports.write(ReportPeriod.of(month), this.store.account(), watch);
			commit(lock, () -> {
				this.months.file(closed,
						written.files()
							.stream()
							.map((file) -> new ArchivedReport(file.name(), file.path(), file.sha256(), file.rows()))
							.toList());
				return closed;
			});
			return new MonthCloseResult(closed, this.months.totals(closed), written);
		}
	}

	/**
	 * Opens a closed month again.
	 * @param reason why; stored
	 * @throws SQLException when the database is unavailable
	 * @throws io.jobaudit.ledger.RunLock.RunLockedException when a run holds the lock
	 * @throws io.jobaudit.billing.MonthClosing.MonthCloseException when it cannot be
	 * reopened
	 */
	public ClosedMonth reopen(YearMonth month, String reason) throws SQLException {
		try (RunLock lock = this.ledger.lock(this.store.account())) {
			return commit(lock, () -> this.months.reopen(this.store.account(), month, reason));
		}
	}

	private <T> T commit(RunLock lock, Supplier<T> work) {
		return Objects.requireNonNull(this.transactions.execute((status) -> {
			T result = work.get();
			this.ledger.requireHeld(lock);
			return result;
		}));
	}

	/** A month that has been closed. */
	public record MonthCloseResult(ClosedMonth month, BookedTotals totals, WrittenReports reports) {
	}

}
