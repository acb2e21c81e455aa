package io.jobaudit.report;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import io.jobaudit.RunId;
import io.jobaudit.TestPostgres;
import io.jobaudit.report.csv.BudgetProperties;
import io.jobaudit.report.csv.FocusProperties;
import io.jobaudit.report.subject.BookingProperties;
import io.jobaudit.report.subject.ReportPeriod;
import org.apache.poi.ss.usermodel.CellType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** The contents of a month's finance workbook, and how its money is rounded. */
@Tag("slow")
class TokenSpendPeriodTest {

	private static final ZoneId UTC = ZoneId.of("UTC");

	/**
	 * Around the midnights of three zones, and around New York's changes of the clock at
	 * 07:00 on March 8 and 06:00 on November 1.
	 */
	private static final List<String> CREATED = List.of("2026-02-28T15:59:59Z", "2026-02-28T16:00:00Z",
			"2026-02-28T23:59:59Z", "2026-03-01T00:00:00Z", "2026-03-01T04:59:59Z", "2026-03-01T05:00:00Z",
			"2026-03-08T04:59:59Z", "2026-03-08T05:00:00Z", "2026-03-08T06:59:59Z", "2026-03-08T07:00:00Z",
			"2026-03-09T03:59:59Z", "2026-03-09T04:00:00Z", "2026-03-31T15:59:59Z", "2026-03-31T16:00:00Z",
			"2026-04-01T03:59:59Z", "2026-04-01T04:00:00Z", "2026-10-31T15:59:59Z", "2026-10-31T16:00:00Z",
			"2026-11-01T03:59:59Z", "2026-11-01T04:00:00Z", "2026-11-01T05:59:59Z", "2026-11-01T06:00:00Z",
			"2026-11-02T04:59:59Z", "2026-11-02T05:00:00Z", "2026-11-30T16:00:00Z", "2026-12-01T04:59:59Z",
			"2026-12-01T05:00:00Z");

	private final DataSource database = TestPostgres.migratedDatabase();

	@TempDir
	private Path directory;

	@ParameterizedTest
	@ValueSource(strings = { "Asia/Shanghai", "UTC", "America/New_York" })
	void daysAddUpToMonthsAndEveryJobIsInExactlyOne(String name) {
		// given jobs whose tokens, powers of two, show which of them are in a sum
		ZoneId zone = ZoneId.of(name);
		RunSeed seed = new RunSeed(this.database);
		Map<String, Long> days = new TreeMap<>();
		Map<String, Long> months = new TreeMap<>();
		for (int job = 0; job < CREATED.size(); job++) {
			seed.spent("job-" + job, "TextGenerate", 1L << job, CREATED.get(job));
			LocalDate day = Instant.parse(CREATED.get(job)).atZone(zone).toLocalDate();
			days.merge(day.toString(), 1L << job, Long::sum);
			months.merge(YearMonth.from(day).toString(), 1L << job, Long::sum);
		}
		ReadWorkbook ofRun = ofRun(seed.close(), zone);
		// when
		Map<String, ReadWorkbook> ofMonths = new TreeMap<>();
		for (int month : List.of(2, 3, 4, 5, 10, 11, 12)) {
			YearMonth each = YearMonth.of(2026, month);
			ofMonths.put(each.toString(), ofMonth(each, zone));
		}
		// then
		List<String> ids = new ArrayList<>();
		Map<String, Long> daysOfMonths = new TreeMap<>();
		ofMonths.forEach((month, workbook) -> {
			assertThat(workbook.figure("Total tokens").replace(",", "")).as(month)
				.isEqualTo(months.containsKey(month) ? String.valueOf(months.get(month)) : "");
			ids.addAll(workbook.column("Token jobs", "Job id"));
			daysOfMonths.putAll(tokens(workbook, "By day", "Day"));
			assertThat(workbook.table("By day", "Day")).as("days without jobs, too")
				.isEqualTo(IntStream.rangeClosed(1, YearMonth.parse(month).lengthOfMonth())
					.mapToObj((day) -> "%s-%02d".formatted(month, day))
					.toList());
		});
		assertThat(ids).filteredOn((id) -> id.startsWith("job-")).hasSize(CREATED.size()).doesNotHaveDuplicates();
		assertThat(daysOfMonths).isEqualTo(days).isEqualTo(tokens(ofRun, "By day", "Day"));
		assertThat(tokens(ofRun, "By month", "Month")).isEqualTo(months)
			.isEqualTo(days.entrySet()
				.stream()
				.collect(Collectors.groupingBy((day) -> day.getKey().substring(0, 7), TreeMap::new,
						Collectors.summingLong(Map.Entry::getValue))));
	}

	@Test
	void numbersThatNoCellKeepsAddUpInTwoParts() {
		RunSeed run = new RunSeed(this.database);
		run.spent("short", "ASR", 7, "2026-05-02T00:00:00Z");
		ReadWorkbook before = ofMonth(YearMonth.of(2026, 5), UTC);
		run.spent("a", "ASR", 9_007_199_254_740_993L, "2026-05-02T00:00:00Z")
			.spent("b", "ASR", 1_234_567_890_123_456_789L, "2026-05-03T00:00:00Z");
		ReadWorkbook workbook = ofMonth(YearMonth.of(2026, 5), UTC);
		assertThat(before.sheet("Long numbers")).isNull();
		assertThat(workbook.table("Long numbers", "Job id", "Tokens", "Millions of tokens", "Other tokens"))
			.containsExactly("b | 1234567890123456789 | 1,234,567,890,123 | 456,789",
					"a | 9007199254740993 | 9,007,199,254 | 740,993");
		assertThat(workbook.totals("Long numbers")).containsEntry("Millions of tokens", "1,243,575,089,377")
			.containsEntry("Other tokens", "1,197,782");
		assertThat(workbook.figure("Numbers of more than 15 digits")).isEqualTo("2");
		assertThat(workbook.differences().values()).allSatisfy((difference) -> assertThat(difference).isZero());
	}

	@Test
	void whatIsAbsentIsNeverZeroAndWhatIsZeroIs() {
		// given a month of jobs that report nothing, and one of a job that reports 0
		new PriceSeed(this.database, UTC).price("ASR", "CNY", "1", "2026-01-01", null);
		Map<String, Object> silent = Map.of("state", "Finished", "job_type", "ASR", "usage_status", "ABSENT");
		new RunSeed(this.database).job("a1", "FETCHED", with(silent, "create_time", "2026-05-02T00:00:00Z"))
			.job("b2", "FETCHED",
					with(with(silent, "create_time", "2026-05-03T00:00:00Z"), "usage_status", "UNREADABLE"))
			.spent("c3", "ASR", 0, "2026-06-02T00:00:00Z")
			.close();
		// when
		ReadWorkbook unknown = ofMonth(YearMonth.of(2026, 5), UTC);
		ReadWorkbook zero = ofMonth(YearMonth.of(2026, 6), UTC);
		// then
		assertThat(unknown.figure("Total tokens")).isEmpty();
		assertThat(unknown.figure("Tokens booked")).isEmpty();
		assertThat(unknown.figure("Spend")).as("not even in a currency").isEmpty();
		assertThat(unknown.figure("Jobs not reporting")).isEqualTo("1");
		assertThat(unknown.figure("Jobs with unreadable usage")).isEqualTo("1");
		for (String sheet : List.of("By day and type", "By month", "By user", "By cost centre")) {
			assertThat(unknown.cell(sheet, 1, "Total tokens").getCellType()).as(sheet).isEqualTo(CellType.BLANK);
			assertThat(unknown.cell(sheet, 1, "Spend").getCellType()).as(sheet).isEqualTo(CellType.BLANK);
			assertThat(unknown.totals(sheet)).as(sheet).containsEntry("Total tokens", "").containsEntry("Spend", "");
			assertThat(zero.totals(sheet)).as(sheet).containsEntry("Total tokens", "0").containsEntry("Spend", "0.00");
		}
		assertThat(unknown.column("Not reported", "Usage")).containsExactly("ABSENT", "UNREADABLE");
		assertThat(zero.figure("Total tokens")).isEqualTo("0");
		assertThat(zero.figure("Spend in CNY")).isEqualTo("0.00");
	}

	@Test
	void moneyIsAddedUpExactlyAndEachFigureRoundedOnce() {
		// given three jobs of three users, each worth half a cent
		new PriceSeed(this.database, UTC).price("ASR", "CNY", "0.005", "2026-01-01", null);
		RunSeed seed = new RunSeed(this.database);
		for (String user : List.of("u1", "u2", "u3")) {
			seed.job("job-" + user, "FETCHED", Map.of("state", "Finished", "job_type", "ASR", "usage_status",
					"REPORTED", "total_tokens", 1000, "user_id", user, "create_time", "2026-10-02T00:00:00Z"));
		}
		// when
		ReadWorkbook workbook = ofRun(seed.close(), UTC);
		// then
		assertThat(workbook.column("By user", "Spend")).as("0.015 and not three times 0.01, and a row for the rounding")
			.containsExactly("0.01", "0.01", "0.01", "-0.01", "0.02");
		assertThat(workbook.column("Token jobs", "Spend")).as("of a single job exact")
			.containsExactly("0.005", "0.005", "0.005", "0.005", "0.02");
		assertThat(workbook.figure("Spend in CNY")).isEqualTo("0.02");
		assertThat(workbook.cell("By user", 6, "Spend").getNumericCellValue()).as("the value, not its look alone")
			.isEqualTo(0.02);
		assertThat(workbook.cell("By user", 6, "Spend").getCellFormula())
			.isEqualTo("SUBTOTAL(109,'By user'!$K$2:$K$5)");
		assertThat(workbook.differences()).containsKey("By user, Spend CNY, tokens and prices")
			.allSatisfy((figure, difference) -> assertThat(difference).as(figure).isZero());
	}

	@Test
	void spendHasEveryDigitOfTokensTimesPrice() {
		new PriceSeed(this.database, UTC).price("ASR", "CNY", "0.123456789", "2026-01-01", null);

		ReadWorkbook workbook = ofRun(
				new RunSeed(this.database).spent("a1", "ASR", 1_234_567_890_123L, "2026-10-02T00:00:00Z").close(), UTC);

		BigDecimal exact = new BigDecimal("1234567890123").multiply(new BigDecimal("0.000123456789"));
		assertThat(workbook.cell("Token jobs", 1, "Spend").getStringCellValue()).isEqualTo(exact.toPlainString());
		assertThat(workbook.figure("Spend in CNY")).isEqualTo("152,415,787.52");
	}

	@Test
	void aClosedMonthStaysAsItWasAndWhatIsLearntLaterIsBookedInTheMonthThatSawIt() {
		// given October closed with 1000 tokens, of which 1500 turn out to be true
		new PriceSeed(this.database, UTC).price("ASR", "CNY", "2", "2026-01-01", null);
		RunId run = new RunSeed(this.database).spent("a1", "ASR", 1000, "2026-10-02T00:00:00Z")
			.spent("b2", "ASR", 70, "2026-11-02T00:00:00Z")
			.close();
		JdbcClient jdbc = JdbcClient.create(this.database);
		close(jdbc, "2026-10-01", "2026-11-01", "2026-11-05T00:00:00Z");
		jdbc.sql("""
				update audit.smart_job set total_tokens = 1500, fetched_at = timestamptz '2026-11-10 00:00:00Z'
				where job_id = 'a1'""").update();
		// and a job of October that was seen only then
		RunId later = new RunSeed(this.database).spent("c3", "ASR", 8, "2026-10-03T00:00:00Z").close();
		jdbc.sql("update audit.audit_item set decided_at = timestamptz '2026-11-11 00:00:00Z' where job_id = 'c3'")
			.update();
		// when
		ReadWorkbook october = ofMonth(YearMonth.of(2026, 10), UTC);
		ReadWorkbook november = ofMonth(YearMonth.of(2026, 11), UTC);
		// then
		assertThat(october.figure("Total tokens")).isEqualTo("1,000");
		assertThat(october.figure("Booked in CNY")).isEqualTo("2.00");
		assertThat(october.column("Token jobs", "Job id")).containsExactly("a1", "Total");
		assertThat(october.column("Changes", "Job id")).as("it came after the closing").containsExactly("No rows");
		assertThat(october.sheetNames()).doesNotContain("Corrections");
		assertThat(november.figure("Total tokens")).isEqualTo("70");
		assertThat(november.figure("Corrections of closed months")).isEqualTo("508");
		assertThat(november.figure("Tokens booked")).isEqualTo("578");
		assertThat(november.figure("Spend in CNY")).isEqualTo("0.14");
		assertThat(november.figure("Corrections in CNY")).isEqualTo("1.02");
		assertThat(november.figure("Booked in CNY")).isEqualTo("1.16");
		assertThat(november.column("Corrections", "Job id")).containsExactly("a1", "c3", "");
		assertThat(november.column("Corrections", "Closed month")).startsWith("2026-10", "2026-10");
		assertThat(november.totals("Corrections")).containsEntry("Tokens", "508").containsEntry("Spend", "1.02");
		for (ReadWorkbook workbook : List.of(october, november, ofRun(run, UTC), ofRun(later, UTC))) {
			assertThat(workbook.differences()).isNotEmpty()
				.allSatisfy((figure, difference) -> assertThat(difference).as(figure).isZero());
		}
		assertThat(ofRun(run, UTC).column("Changes", "Moved tokens")).containsExactly("500", "500");
		assertThat(ofRun(later, UTC).totals("Corrections")).containsEntry("Tokens", "8");
	}

	@Test
	void whatMovesAfterTheClosingIsCorrectedOnEverySheetAndTheClosedMonthStays() throws IOException {
		// given a job of October that is moved to another cost centre after the closing
		new PriceSeed(this.database, UTC).price("ASR", "CNY", "2", "2026-01-01", null);
		new RunSeed(this.database, Instant.parse("2026-10-20T00:00:00Z")).job("a1", "FETCHED", owned(1000, "CC-A"))
			.close();
		JdbcClient jdbc = JdbcClient.create(this.database);
		close(jdbc, "2026-10-01", "2026-11-01", "2026-11-05T00:00:00Z");
		jdbc.sql(
				"""
						update audit.smart_job set labels = '{"cost_centre": "CC-B"}', fetched_at = timestamptz '2026-11-10 00:00:00Z'
						where job_id = 'a1'""")
			.update();
		// and, seen only then, one without a price and one without a time of creation
		Map<String, Object> timeless = owned(10, "CC-B");
		timeless.remove("create_time");
		new RunSeed(this.database, Instant.parse("2026-11-12T00:00:00Z"))
			.job("late", "FETCHED", with(owned(90, "CC-C"), "job_type", "NewType"))
			.job("timeless", "FETCHED", timeless)
			.close();
		// when
		ReadWorkbook range = ofDays("2026-10-01", "2026-10-31");
		ReadWorkbook november = ofMonth(YearMonth.of(2026, 11), UTC);
		// then
		assertThat(range.table("By cost centre", "Cost centre", "Spend", "Corrections", "Booked"))
			.containsExactly("CC-A | 2.00 |  | 2.00");
		assertThat(range.figure("Corrected later")).isEqualTo("90");
		assertThat(range.figure("Corrected later in CNY")).isEqualTo("0.00");
		assertThat(range.column("Closings", "Closed by")).containsExactly("finance");
		assertThat(november.table("By cost centre", "Cost centre", "Currency", "Jobs", "Unpriced tokens", "Spend",
				"Corrections", "Booked"))
			.containsExactly("CC-B | CNY | 1 |  | 0.02 | 2.00 | 2.02", "CC-A | CNY | 0 |  |  | -2.00 | -2.00",
					"CC-C | (no price) | 0 | 90 |  |  | ");
		assertThat(november.table("Corrections", "Job id", "Reason", "Cost centre", "Spend")).containsExactly(
				"a1 | REASSIGNED | CC-A | -2.00", "a1 | REASSIGNED | CC-B | 2.00", "late | LATE | CC-C | ");
		assertThat(november.figure("Booked in CNY")).isEqualTo("0.02");
		assertThat(november.figure("Unpriced tokens")).isEqualTo("90");
		assertThat(november.figure("Unpriced jobs")).isEqualTo("1");
		assertThat(november.figure("Jobs without creation time")).isEqualTo("1");
		assertThat(november.table("Prices", "Job type", "Status", "Corrected tokens", "Booked"))
			.containsExactly("NewType | Unpriced | 90 | ", "ASR | In force | 0 | 0.02");
		assertThat(journal(YearMonth.of(2026, 11))).contains(
				"2026-11-30,2026-11,6420,CC-A,CNY,,2.00,Smart jobs 2026-11",
				"2026-11-30,2026-11,2100,CC-A,CNY,2.00,,Smart jobs 2026-11",
				"2026-11-30,2026-11,,CC-B,CNY,2.02,,Smart jobs 2026-11");
		for (ReadWorkbook workbook : List.of(range, november)) {
			assertThat(workbook.differences()).containsKey("By cost centre, Booked CNY, recorded changes")
				.allSatisfy((figure, difference) -> assertThat(difference).as(figure).isZero());
		}
	}

	/** With accounts of CC-A only. */
	private List<String> journal(YearMonth month) throws IOException {
		Path map = this.directory.resolve("accounts-map.csv");
		Files.writeString(map, "cost_centre,debit_account,credit_account\nCC-A,6420,2100\n");
		ReportWriter writer = new ReportWriter(this.database, ReportSettings.of(this.directory, UTC),
				FocusProperties.standard(), BudgetProperties.standard(), new BookingProperties(map));
		return Files.readAllLines(
				writer.write(ReportPeriod.of(month), RunSeed.ACCOUNT, () -> false).directory().resolve("journal.csv"));
	}

	private static Map<String, Object> owned(long tokens, String costCentre) {
		return new TreeMap<>(Map.of("state", "Finished", "job_type", "ASR", "usage_status", "REPORTED", "total_tokens",
				tokens, "create_time", "2026-10-02T00:00:00Z", "labels", Map.of("cost_centre", costCentre)));
	}

	/** As the command would have left it. */
	private static void close(JdbcClient jdbc, String first, String next, String closedAt) {
		jdbc.sql(
				"""
						with closed as (
						  insert into audit.month_close (account, month, zone, starts_at, ends_at, closed_at, closed_by, version)
						  values ('default', cast(:first as date), 'UTC', cast(:first || 'T00:00:00Z' as timestamptz),
						    cast(:next || 'T00:00:00Z' as timestamptz), cast(:at as timestamptz), 'finance', '0.1.0')
						  returning *)
						insert into audit.closed_job
						select c.close_id, j.job_id, j.state, j.job_type, j.error_code, j.total_tokens, j.prompt_tokens,
						  j.completion_tokens, j.usage_status, j.create_time, j.currency, j.price_per_1000_tokens, j.spend_status,
						  j.spend
						from closed c
						join audit.v_job j on j.account = c.account and j.create_time >= c.starts_at and j.create_time < c.ends_at
						""")
			.param("first", first)
			.param("next", next)
			.param("at", closedAt)
			.update();
	}

	private static Map<String, Long> tokens(ReadWorkbook workbook, String sheet, String key) {
		List<String> keys = workbook.column(sheet, key);
		List<String> tokens = workbook.column(sheet, "Total tokens");
		Map<String, Long> byKey = new TreeMap<>();
		for (int row = 0; row < keys.size() - 1; row++) {
			if (!tokens.get(row).isEmpty()) {
				byKey.put(keys.get(row), Long.valueOf(tokens.get(row).replace(",", "")));
			}
		}
		return byKey;
	}

	private static Map<String, Object> with(Map<String, Object> columns, String column, Object value) {
		Map<String, Object> more = new TreeMap<>(columns);
		more.put(column, value);
		return more;
	}

	private ReadWorkbook ofRun(RunId run, ZoneId zone) {
		return ReadWorkbook.of(writer(zone).write(run, () -> false), "token-spend.xlsx");
	}

	private ReadWorkbook ofMonth(YearMonth month, ZoneId zone) {
		return ReadWorkbook.of(writer(zone).write(ReportPeriod.of(month), RunSeed.ACCOUNT, () -> false),
				"token-spend.xlsx");
	}

	private ReadWorkbook ofDays(String first, String last) {
		ReportPeriod period = ReportPeriod.of(LocalDate.parse(first), LocalDate.parse(last));
		return ReadWorkbook.of(writer(UTC).write(period, RunSeed.ACCOUNT, () -> false), "token-spend.xlsx");
	}

	private ReportWriter writer(ZoneId zone) {
		return new ReportWriter(this.database, ReportSettings.of(this.directory, zone));
	}

}
