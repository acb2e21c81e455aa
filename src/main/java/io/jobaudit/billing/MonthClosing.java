package io.jobaudit.billing;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.jobaudit.Account;
import io.jobaudit.AuditException;
import io.jobaudit.ConfigurationException;
import io.jobaudit.ExitStatus;
import io.jobaudit.billing.ClosedMonth.BookedTotals;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Closes and reopens months. A month is booked in one transaction and its files are
 * archived in another; a closing that was interrupted between the two can be resumed.
 *
 * @param user operating system user who closes and reopens
 */
public record MonthClosing(ClosedMonths months, PriceTable prices, TransactionOperations transactions, Clock clock,
		String user) {

	/**
	 * Books a month's jobs in their current state, unless they are booked already. Its
	 * files must be archived next.
	 * @throws MonthCloseException when the month is not over, is closed and its files are
	 * archived, or is closed with another invoice
	 * @throws ConfigurationException when a month is closed in another time zone
	 */
	public ClosedMonth close(Account account, YearMonth month, ClosingTerms terms) {
		return Objects.requireNonNull(this.transactions.execute((status) -> {
			this.prices.lock(account);
			requireOver(month, terms.zone());
			requireSameZone(account, terms.zone());
			Optional<ClosedMonth> before = this.months.find(account, month);
			if (before.isEmpty()) {
				this.months.close(account, month, terms, this.clock.instant(), this.user);
			}
			before.ifPresent((closed) -> {
				requireNotFiled(closed);
				requireSameInvoice(closed, terms);
			});
			return this.months.find(account, month).orElseThrow();
		}));
	}

	/**
	 * The later months that are closed already. Their stored reports show the given month
	 * as it was at that time.
	 */
	public List<YearMonth> closedAfter(Account account, YearMonth month) {
		return this.months.list(account).stream().map(ClosedMonth::month).filter(month::isBefore).sorted().toList();
	}

	/** What is booked in a closed month. */
	public BookedTotals totals(ClosedMonth closed) {
		return this.months.totals(closed);
	}

	/** Archives the files of a closed month. From now on they are its reports. */
	public void file(ClosedMonth closed, List<ArchivedReport> reports) {
		this.transactions.executeWithoutResult((status) -> {
			reports.forEach((report) -> this.months.keep(closed, report));
			this.months.filed(closed, this.clock.instant());
		});
	}

	/**
	 * Reopens a closed month. Months are reopened in the reverse order of closing.
	 * @param reason why, for the record
	 * @return the month as it was closed
	 * @throws MonthCloseException when it is not closed, or another month was closed
	 * after it
	 */
	public ClosedMonth reopen(Account account, YearMonth month, String reason) {
		return Objects.requireNonNull(this.transactions.execute((status) -> {
			this.prices.lock(account);
			ClosedMonth closed = this.months.find(account, month)
				.orElseThrow(() -> new MonthCloseException(
						"%s is not closed; only a closed month can be reopened".formatted(month)));
			this.months.list(account)
				.stream()
				.filter((other) -> other.closeId() > closed.closeId())
				.reduce((earlier, later) -> later)
				.ifPresent((last) -> {
					throw new MonthCloseException(
							"%s was closed after %s and may contain its corrections; reopen %s first: %s"
								.formatted(last.month(), month, last.month(), last.howToReopen()));
				});
			this.months.reopen(closed, this.clock.instant(), this.user, reason);
			return closed;
		}));
	}

	private void requireOver(YearMonth month, ZoneId zone) {
		Instant end = month.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant();
		if (this.clock.instant().isBefore(end)) {
			throw new MonthCloseException(
					"%s is not over yet in %s; close it after %s".formatted(month, zone, month.atEndOfMonth()));
		}
	}

	private void requireSameZone(Account account, ZoneId zone) {
		this.months.list(account)
			.stream()
			.filter((closed) -> !closed.zone().equals(zone))
			.findFirst()
			.ifPresent((other) -> {
				throw ConfigurationException.otherZone(other.month(), other.zone().getId(), zone);
			});
	}

	private static void requireNotFiled(ClosedMonth closed) {
		if (closed.filedAt() != null) {
			throw new MonthCloseException(
					"%s was closed by %s at %s, and report --month %s writes its reports; to close it again, reopen it first: %s"
						.formatted(closed.month(), closed.closedBy(), closed.closedAt(), closed.month(),
								closed.howToReopen()));
		}
	}

	private static void requireSameInvoice(ClosedMonth closed, ClosingTerms terms) {
		if (!Objects.equals(closed.invoiceId(), terms.invoiceId())) {
			throw new MonthCloseException(
					"the closing of %s that was interrupted names %s, but this one names %s; repeat the first, or reopen the month: %s"
						.formatted(closed.month(), invoice(closed.invoiceId()), invoice(terms.invoiceId()),
								closed.howToReopen()));
		}
	}

	private static String invoice(@Nullable String id) {
		return (id != null) ? "the invoice " + id : "no invoice";
	}

	/**
	 * A report of a closed month to be archived.
	 *
	 * @param name name of the file
	 * @param path where it is
	 * @param sha256 SHA-256 in hex of the bytes that were written
	 * @param rows detail rows in it
	 */
	public record ArchivedReport(String name, Path path, String sha256, long rows) {
	}

	/** A month cannot be closed or reopened; the message says why and what to do. */
	public static class MonthCloseException extends AuditException {

		private static final long serialVersionUID = 1L;

		MonthCloseException(String message) {
			super(ExitStatus.USAGE, message);
		}

	}

}
