package io.jobaudit.billing;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

import io.jobaudit.ConfigurationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class MonthClosingTest {

	private static final YearMonth OCTOBER = YearMonth.of(2026, 10);

	private static final String AFTER = "2026-11-02T00:00:00Z";

	private final BillingFixture books = new BillingFixture();

	@TempDir
	private Path directory;

	@BeforeEach
	void seed() {
		long run = this.books.run("2026-10-20T00:00:00Z");
		this.books.price("ASR", "CNY", "0.123456789012");
		this.books.job(run, "before", "ASR", "Finished", 1L, "2026-09-30T15:59:59.999Z", "2026-10-20T00:00:00Z");
		this.books.job(run, "first", "ASR", "Finished", 1_234_567_890_123L, "2026-09-30T16:00:00Z",
				"2026-10-20T00:00:00Z");
		this.books.job(run, "failed", "ASR", "Failed", 9L, "2026-10-15T00:00:00Z", "2026-10-20T00:00:00Z");
		this.books.job(run, "silent", "ASR", "Finished", null, "2026-10-15T00:00:00Z", "2026-10-20T00:00:00Z");
		this.books.job(run, "last", "TextGenerate", "Finished", 7L, "2026-10-31T15:59:59.999Z", "2026-10-20T00:00:00Z");
		this.books.job(run, "after", "ASR", "Finished", 1L, "2026-10-31T16:00:00Z", "2026-10-20T00:00:00Z");
		this.books.job(run, "timeless", "ASR", "Finished", 1L, null, "2026-10-20T00:00:00Z");
	}

	@Test
	void everyJobOfTheMonthIsBookedInItsCurrentStateAndNoOther() {
		ClosedMonth closed = this.books.close("2026-10", AFTER);

		assertThat(closed.closedBy()).isEqualTo("alice");
		assertThat(closed.closedAt()).isEqualTo(AFTER);
		assertThat(closed.filedAt()).isNull();
		assertThat(booked()).containsExactly("failed Failed 9 FREE -",
				"first Finished 1234567890123 PRICED 152415787.531905209728476", "last Finished 7 UNPRICED -",
				"silent Finished - UNKNOWN -", "timeless Finished 1 PRICED 0.000123456789012");
	}

	@Test
	void theTotalsAreThoseOfTheBookedJobs() {
		ClosedMonth closed = this.books.close("2026-10", AFTER);

		assertThat(this.books.book(AFTER).totals(closed)).isEqualTo(new ClosedMonth.BookedTotals(5,
				new BigDecimal("1234567890140"), 1, 1, 0, Map.of("CNY", new BigDecimal("152415787.532028666517488"))));
	}

	@Test
	void whatIsBookedStaysHoweverTheJobsChange() {
		this.books.close("2026-10", AFTER);
		List<String> before = booked();
		long run = this.books.run("2026-11-05T00:00:00Z");

		this.books.change(run, "first", "TextGenerate", "Failed", 1L, "2026-11-05T00:00:00Z");
		this.books.job(run, "late", "ASR", "Finished", 1L, "2026-10-15T00:00:00Z", "2026-11-05T00:00:00Z");

		assertThat(booked()).isEqualTo(before);
		assertThat(this.books
			.rows("""
					select job_id from audit.report_job(null, 'default', timestamptz '2026-09-30 16:00Z', timestamptz '2026-10-31 16:00Z')
					"""))
			.extracting((row) -> row.get("job_id"))
			.containsExactlyInAnyOrder("first", "failed", "silent", "last", "timeless");
	}

	@Test
	void anInterruptedClosingResumesAndBooksNothingAgain() {
		ClosedMonth first = this.books.close("2026-10", AFTER);
		List<String> before = booked();
		this.books.change(this.books.run(AFTER), "last", "ASR", "Finished", 8L, "2026-11-03T00:00:00Z");

		ClosedMonth again = this.books.close("2026-10", "2026-11-04T00:00:00Z");

		assertThat(again).isEqualTo(first);
		assertThat(booked()).isEqualTo(before);
		assertThat(this.books.rows("select * from audit.month_close")).hasSize(1);
	}

	@Test
	void aMonthWhoseFilesAreArchivedIsNotClosedTwice() throws IOException {
		ClosedMonth closed = this.books.close("2026-10", AFTER);
		this.books.book("2026-11-02T00:01:00Z").file(closed, List.of(report("a.xlsx", "content")));

		assertThat(this.books.closed("2026-10").orElseThrow().filedAt()).isEqualTo("2026-11-02T00:01:00Z");
		assertThatExceptionOfType(MonthClosing.MonthCloseException.class)
			.isThrownBy(() -> this.books.close("2026-10", "2026-11-03T00:00:00Z"))
			.withMessage("2026-10 was closed by alice at 2026-11-02T00:00:00Z, and report --month 2026-10 writes its"
					+ " reports; to close it again, reopen it first: job-audit close 2026-10 --reopen --reason \"...\"");
	}

	@Test
	void filesAreArchivedByteForByteOrNotAtAll() throws IOException {
		ClosedMonth closed = this.books.close("2026-10", AFTER);
		MonthClosing.ArchivedReport changed = report("b.xlsx", "content");
		Files.writeString(changed.path(), "Content");

		assertThatIllegalStateException()
			.isThrownBy(() -> this.books.book(AFTER).file(closed, List.of(report("a.xlsx", "x"), changed)))
			.withMessageContaining("has changed since it was written; close the month again");
		assertThat(this.books.rows("select * from audit.closed_file")).isEmpty();
		assertThat(this.books.closed("2026-10").orElseThrow().filedAt()).isNull();

		this.books.book(AFTER).file(closed, List.of(report("a.xlsx", "\u667a\u80fd\n"), report("empty.csv", "")));
		assertThat(this.books
			.rows("select name, convert_from(content, 'UTF8') as text from audit.closed_file order by name"))
			.containsExactly(Map.of("name", "a.xlsx", "text", "\u667a\u80fd\n"),
					Map.of("name", "empty.csv", "text", ""));
	}

	@Test
	void aMonthIsOverAtItsLastMidnightInTheZone() {
		assertThatExceptionOfType(MonthClosing.MonthCloseException.class)
			.isThrownBy(() -> this.books.close("2026-10", "2026-10-31T15:59:59.999999Z"))
			.withMessage("2026-10 is not over yet in Asia/Shanghai; close it after 2026-10-31");
		assertThat(this.books.close("2026-10", "2026-10-31T16:00:00Z").month()).isEqualTo(OCTOBER);
	}

	@Test
	void aMonthIsNotClosedInAnotherTimeZoneThanTheOneBefore() {
		this.books.close("2026-10", AFTER);

		assertThatExceptionOfType(ConfigurationException.class)
			.isThrownBy(() -> this.books.book("2026-12-02T00:00:00Z")
				.close(BillingFixture.ACCOUNT, YearMonth.of(2026, 11), BillingFixture.terms(ZoneId.of("UTC"), null)))
			.withMessage("2026-10 is closed in the time zone Asia/Shanghai, but audit.report.zone is UTC; set it to"
					+ " Asia/Shanghai, or reopen the month: job-audit close 2026-10 --reopen --reason \"...\"");
	}

	@Test
	void theInvoiceOfAMonthIsStoredAndAClosingThatResumesNamesTheSame() {
		MonthClosing book = this.books.book(AFTER);
		ClosedMonth closed = book.close(BillingFixture.ACCOUNT, OCTOBER, terms("INV-7"));

		assertThat(closed.invoiceId()).isEqualTo("INV-7");
		assertThat(book.close(BillingFixture.ACCOUNT, OCTOBER, terms("INV-7"))).isEqualTo(closed);
		assertThatExceptionOfType(MonthClosing.MonthCloseException.class)
			.isThrownBy(() -> book.close(BillingFixture.ACCOUNT, OCTOBER, terms(null)))
			.withMessage("the closing of 2026-10 that was interrupted names the invoice INV-7, but this one names no"
					+ " invoice; repeat the first, or reopen the month: job-audit close 2026-10 --reopen --reason \"...\"");
		book.reopen(BillingFixture.ACCOUNT, OCTOBER, "another invoice");
		assertThat(book.close(BillingFixture.ACCOUNT, OCTOBER, terms("INV-8")).invoiceId()).isEqualTo("INV-8");
		assertThat(this.books.rows("select invoice_id from audit.v_month_close order by close_id"))
			.containsExactly(Map.of("invoice_id", "INV-7"), Map.of("invoice_id", "INV-8"));
	}

	private static ClosingTerms terms(@Nullable String invoice) {
		return BillingFixture.terms(BillingFixture.ZONE, invoice);
	}

	@Test
	void reopeningIsRecordedAndTheEarlierClosingIsKept() {
		this.books.close("2026-10", AFTER);

		this.books.book("2026-11-05T00:00:00Z").reopen(BillingFixture.ACCOUNT, OCTOBER, "price of ASR was wrong");
		ClosedMonth again = this.books.close("2026-10", "2026-11-06T00:00:00Z");

		assertThat(this.books.jdbc
			.sql("""
					select concat_ws('|', close_id, closed_at at time zone 'UTC', reopened_at at time zone 'UTC', reopened_by, reopen_reason)
					from audit.month_close order by close_id
					""")
			.query(String.class)
			.list()).containsExactly("1|2026-11-02 00:00:00|2026-11-05 00:00:00|alice|price of ASR was wrong",
					"2|2026-11-06 00:00:00");
		assertThat(this.books.rows("select from audit.closed_job where close_id = 1")).hasSize(5);
		assertThat(this.books.rows("select from audit.closed_job where close_id = 2")).hasSize(5);
	}

	@Test
	void aMonthThatIsClosedAfterALaterOneIsTold() {
		this.books.close("2026-09", AFTER);
		this.books.close("2026-11", "2026-12-02T00:00:00Z");

		assertThat(this.books.book("2026-12-02T00:00:00Z").closedAfter(BillingFixture.ACCOUNT, OCTOBER))
			.containsExactly(YearMonth.of(2026, 11));
	}

	@Test
	void monthsAreReopenedInTheReverseOrderOfClosing() {
		MonthClosing later = this.books.book("2026-12-05T00:00:00Z");
		this.books.close("2026-10", AFTER);
		this.books.close("2026-09", "2026-11-03T00:00:00Z");
		this.books.close("2026-11", "2026-12-02T00:00:00Z");

		assertThatExceptionOfType(MonthClosing.MonthCloseException.class)
			.isThrownBy(() -> later.reopen(BillingFixture.ACCOUNT, OCTOBER, "x"))
			.withMessage(
					"2026-11 was closed after 2026-10 and may contain its corrections; reopen 2026-11 first: job-audit"
							+ " close 2026-11 --reopen --reason \"...\"");
		later.reopen(BillingFixture.ACCOUNT, YearMonth.of(2026, 11), "x");
		assertThatExceptionOfType(MonthClosing.MonthCloseException.class)
			.isThrownBy(() -> later.reopen(BillingFixture.ACCOUNT, OCTOBER, "x"))
			.withMessageStartingWith("2026-09 was closed after 2026-10");
		later.reopen(BillingFixture.ACCOUNT, YearMonth.of(2026, 9), "x");
		later.reopen(BillingFixture.ACCOUNT, OCTOBER, "x");

		assertThatExceptionOfType(MonthClosing.MonthCloseException.class)
			.isThrownBy(() -> later.reopen(BillingFixture.ACCOUNT, OCTOBER, "x"))
			.withMessage("2026-10 is not closed; only a closed month can be reopened");
	}

	private MonthClosing.ArchivedReport report(String name, String content) throws IOException {
		Path file = Files.writeString(this.directory.resolve(name), content);
		String sha256 = this.books.jdbc.sql("select encode(sha256(convert_to(:content, 'UTF8')), 'hex')")
			.param("content", content)
			.query(String.class)
			.single();
		return new MonthClosing.ArchivedReport(name, file, sha256, 3);
	}

	private List<String> booked() {
		return this.books.jdbc.sql("""
				select concat_ws(' ', job_id, state, coalesce(total_tokens::text, '-'), spend_status,
				  coalesce(trim_scale(spend)::text, '-'))
				from audit.closed_job order by job_id collate "C"
				""").query((row, number) -> row.getString(1)).list();
	}

}
