package io.jobaudit.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

import javax.sql.DataSource;

import io.jobaudit.TestPostgres;
import io.jobaudit.billing.Bill;
import io.jobaudit.billing.BillProperties;
import io.jobaudit.report.BillReconciliation.BillToCompare;
import io.jobaudit.report.BillReconciliation.ReconciledLine;
import io.jobaudit.report.subject.ReportPeriod;
import org.apache.poi.ss.usermodel.Row;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A made-up month and the bill of a vendor that knows more than we do, or charges
 * otherwise. What each difference is due to is known from how the month was made.
 */
@Tag("slow")
class BillReconciliationTest {

	private static final YearMonth OCTOBER = YearMonth.of(2026, 10);

	private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

	private static final String CREATED = "2026-10-10T03:00:00Z";

	/** How many types there are of each kind of difference. */
	private static final int EACH = 4;

	private final DataSource database = TestPostgres.migratedDatabase();

	private final JdbcClient jdbc = JdbcClient.create(this.database);

	private final Random random = new Random(20261128);

	private final Map<String, Expected> expected = new TreeMap<>();

	private final StringBuilder bill = new StringBuilder(
			"BillingCycle,ProductCode,BillingItem,Usage,UsageUnit,PretaxAmount,Currency\n");

	@TempDir
	private Path directory = Path.of("");

	/** What the difference of a type must be found to be. */
	private record Expected(@Nullable BigDecimal ours, @Nullable BigDecimal theirs, BigDecimal failed,
			BigDecimal unpriced, BigDecimal timeless, BigDecimal silent, BigDecimal unexplained) {
	}

	@Test
	void explainsEachDifferenceOfABillWithPlantedFaults() throws Exception {
		// given
		List<String> later = new ArrayList<>();
		RunSeed october = new RunSeed(this.database);
		for (int number = 1; number <= EACH; number++) {
			seed(october, number, later);
		}
		october.close();
		closeOctober();
		later.forEach((change) -> this.jdbc.sql(change).update());
		this.bill.append("2026-10,ice,NewService,1,Token,4.2,CNY\n");
		this.expected.put("NewService", new Expected(null, new BigDecimal("4.2"), BigDecimal.ZERO, BigDecimal.ZERO,
				BigDecimal.ZERO, BigDecimal.ZERO, new BigDecimal("4.2")));

		// when
		BillReconciliation result = reconcile();

		// then
		ReadWorkbook workbook = ReadWorkbook.of(result.reports(), "reconciliation.xlsx");
		Map<String, ReconciledLine> lines = new TreeMap<>();
		result.lines().forEach((line) -> lines.put(line.jobType(), line));
		assertThat(lines.keySet()).isEqualTo(this.expected.keySet());
		assertThat(workbook.differences().values()).as("control totals")
			.isNotEmpty()
			.allSatisfy((difference) -> assertThat(difference).isEqualByComparingTo(BigDecimal.ZERO));
		Map<String, List<BigDecimal>> causes = causes();
		this.expected.forEach((type, wanted) -> {
			ReconciledLine line = Objects.requireNonNull(lines.get(type));
			assertSame(type + " ours", line.ours(), wanted.ours());
			assertSame(type + " theirs", line.theirs(), wanted.theirs());
			assertSame(type + " difference", line.difference(),
					orZero(wanted.theirs()).subtract(orZero(wanted.ours())));
			List<BigDecimal> found = Objects.requireNonNull(causes.get(type));
			assertNear(type + " failed", found.get(0), wanted.failed());
			assertNear(type + " unpriced", found.get(1), wanted.unpriced());
			assertNear(type + " timeless", found.get(2), wanted.timeless());
			assertNear(type + " silent", found.get(3), wanted.silent());
			assertNear(type + " unexplained", line.unexplained(), wanted.unexplained());
			assertThat(line.isExplained()).as(type).isEqualTo(wanted.unexplained().abs().doubleValue() <= 0.01);
			assertThat(found.stream().reduce(BigDecimal.ZERO, BigDecimal::add)).as("%s adds up", type)
				.isEqualByComparingTo(line.difference());
		});
		assertThat(result.isExplained()).isFalse();
	}

	@Test
	void whatACauseExplainsAtMostIsWhatItsJobsWouldCost() throws Exception {
		// given
		price("ASR", "0.5");
		RunSeed run = new RunSeed(this.database);
		run.spent(id(), "ASR", 90_000, CREATED).spent(id(), "ASR", 10, CREATED);
		long failed = failed(run, "ASR", 3);
		silent(run, "ASR", 4);
		long here = timeless(run, "ASR", "2026-10-30T00:00:00Z");
		long later = timeless(run, "ASR", "2026-11-20T00:00:00Z");
		run.close();
		line("ASR", BigDecimal.ONE);

		// when
		Row row = ReadWorkbook.of(reconcile().reports(), "reconciliation.xlsx").workbook().getSheet("Causes").getRow(1);

		// then
		assertThat(List.of(5, 8, 9, 12, 13, 14, 15, 16))
			.extracting((column) -> BigDecimal.valueOf(row.getCell(column).getNumericCellValue()).stripTrailingZeros())
			.containsExactlyElementsOf(List
				.of(BigDecimal.valueOf(10), BigDecimal.valueOf(failed), money(failed, new BigDecimal("0.5")),
						money(here, new BigDecimal("0.5")), money(later, new BigDecimal("0.5")), BigDecimal.valueOf(4),
						BigDecimal.valueOf(90_000), new BigDecimal("180"))
				.stream()
				.map(BigDecimal::stripTrailingZeros)
				.toList());
	}

	@Test
	void aBillThatAgreesIsExplainedAndAClosedMonthsFilesStayAsTheyAre() throws Exception {
		// given
		price("ASR", "0.0123");
		new RunSeed(this.database).spent("a", "ASR", 1001, CREATED).close();
		WrittenReports month = new ReportWriter(this.database, ReportSettings.of(this.directory, ZONE))
			.write(ReportPeriod.of(OCTOBER), RunSeed.ACCOUNT, () -> false);
		byte[] before = Files.readAllBytes(month.directory().resolve("token-spend.xlsx"));
		line("ASR", new BigDecimal("0.0123123"));

		// when
		BillReconciliation result = reconcile();

		// then
		assertThat(result.isExplained()).isTrue();
		assertThat(result.reports().directory()).hasFileName("reconciliation-2026-10");
		assertThat(month.directory().resolve("token-spend.xlsx")).hasBinaryContent(before);
		assertThat(month.directory().resolve("reconciliation.xlsx")).doesNotExist();
	}

	/** One type for each kind of difference. */
	private void seed(RunSeed run, int number, List<String> later) {
		BigDecimal price = new BigDecimal(1 + this.random.nextInt(9999)).movePointLeft(4);

		// The vendor agrees, although jobs have failed and do not report.
		String exact = priced("Exact" + number, price);
		BigDecimal spent = spend(run, exact, 3, price);
		failed(run, exact, 2);
		silent(run, exact, 2);
		line(exact, spent);
		expect(exact, spent, spent);

		// Each of the lines is rounded.
		String rounded = priced("Rounded" + number, price);
		BigDecimal sum = BigDecimal.ZERO;
		BigDecimal exactly = BigDecimal.ZERO;
		for (int job = 0; job < 5; job++) {
			BigDecimal one = spend(run, rounded, 1, price);
			exactly = exactly.add(one);
			sum = sum.add(one.setScale(2, RoundingMode.HALF_UP));
			line(rounded, one.setScale(2, RoundingMode.HALF_UP));
		}
		expect(rounded, exactly, sum);

		// All failed jobs are billed, one of them, or they and jobs that do not report.
		String allFailed = priced("AllFailed" + number, price);
		BigDecimal known = spend(run, allFailed, 2, price);
		BigDecimal free = money(failed(run, allFailed, 3), price);
		line(allFailed, known.add(free));
		expect(allFailed, known, known.add(free), free, null, null, null, null);

		String oneFailed = priced("OneFailed" + number, price);
		known = spend(run, oneFailed, 2, price);
		free = money(failed(run, oneFailed, 1), price);
		failed(run, oneFailed, 2);
		line(oneFailed, known.add(free));
		expect(oneFailed, known, known.add(free), free, null, null, null, null);

		String both = priced("FailedAndSilent" + number, price);
		known = spend(run, both, 2, price);
		free = money(failed(run, both, 2), price);
		BigDecimal hidden = money(silent(run, both, 2), price);
		line(both, known.add(free).add(hidden));
		expect(both, known, known.add(free).add(hidden), free, null, null, hidden, null);

		// Jobs that do not report are billed.
		String silent = priced("Silent" + number, price);
		known = spend(run, silent, 2, price);
		hidden = money(silent(run, silent, 3), price);
		line(silent, known.add(hidden));
		expect(silent, known, known.add(hidden), null, null, null, hidden, null);

		// Nothing of a type has a price, or nothing before the fifteenth.
		String unpriced = "Unpriced" + number;
		BigDecimal theirs = money(tokens(run, unpriced, 2), price);
		line(unpriced, theirs);
		expect(unpriced, null, theirs, null, theirs, null, null, null);

		String partly = "PartlyUnpriced" + number;
		price(partly, price.toPlainString(), "2026-10-15");
		BigDecimal early = money(tokens(run, partly, 2), price);
		BigDecimal late = money(tokens(run, partly, 1, "2026-10-20T00:00:00Z"), price);
		line(partly, early.add(late));
		expect(partly, late, early.add(late), null, early, null, null, null);

		// A job without a time of creation is billed in another month, or booked in
		// another.
		String here = priced("TimelessHere" + number, price);
		known = spend(run, here, 2, price);
		BigDecimal elsewhere = money(timeless(run, here, "2026-10-30T00:00:00Z"), price);
		line(here, known);
		expect(here, known.add(elsewhere), known, null, null, elsewhere.negate(), null, null);

		String next = priced("TimelessLater" + number, price);
		known = spend(run, next, 2, price);
		elsewhere = money(timeless(run, next, "2026-11-20T00:00:00Z"), price);
		line(next, known.add(elsewhere));
		expect(next, known, known.add(elsewhere), null, null, elsewhere, null, null);

		// Too much, too little and nothing is billed.
		String dear = priced("Dear" + number, price);
		known = spend(run, dear, 2, price);
		line(dear, known.add(new BigDecimal("0.5")));
		expect(dear, known, known.add(new BigDecimal("0.5")), null, null, null, null, new BigDecimal("0.5"));

		String cheap = priced("Cheap" + number, price);
		known = spend(run, cheap, 2, price);
		line(cheap, known.subtract(new BigDecimal("0.25")));
		expect(cheap, known, known.subtract(new BigDecimal("0.25")), null, null, null, null, new BigDecimal("-0.25"));

		String missing = priced("Missing" + number, price);
		known = spend(run, missing, 2, price).add(spend(run, missing, 1, price));
		expect(missing, known, null, null, null, null, null, known.negate());

		// What is known only after the closing is billed.
		String corrected = priced("Corrected" + number, price);
		known = spend(run, corrected, 1, price);
		line(corrected, known.add(money(500, price)));
		expect(corrected, known.add(money(500, price)), known.add(money(500, price)));
		later.add("update audit.smart_job set total_tokens = total_tokens + 500, fetched_at = '2026-11-10 00:00+08'"
				+ " where job_type = '" + corrected + "'");
	}

	private void expect(String type, @Nullable BigDecimal ours, @Nullable BigDecimal theirs) {
		expect(type, ours, theirs, null, null, null, null, null);
	}

	private void expect(String type, @Nullable BigDecimal ours, @Nullable BigDecimal theirs,
			@Nullable BigDecimal failed, @Nullable BigDecimal unpriced, @Nullable BigDecimal timeless,
			@Nullable BigDecimal silent, @Nullable BigDecimal unexplained) {
		this.expected.put(type, new Expected(ours, theirs, orZero(failed), orZero(unpriced), orZero(timeless),
				orZero(silent), orZero(unexplained)));
	}

	private void line(String type, BigDecimal amount) {
		this.bill.append("2026-10,ice,%s,1,Token,%s,CNY%n".formatted(type, amount.toPlainString()).replace("\r", ""));
	}

	private String priced(String type, BigDecimal price) {
		price(type, price.toPlainString());
		return type;
	}

	private void price(String type, String price) {
		price(type, price, "2026-01-01");
	}

	private void price(String type, String price, String from) {
		new PriceSeed(this.database, ZONE).price(type, "CNY", price, from, null);
	}

	private BigDecimal spend(RunSeed run, String type, int jobs, BigDecimal price) {
		return money(tokens(run, type, jobs), price);
	}

	private static BigDecimal money(long tokens, BigDecimal price) {
		return price.multiply(BigDecimal.valueOf(tokens)).movePointLeft(3);
	}

	private long tokens(RunSeed run, String type, int jobs) {
		return tokens(run, type, jobs, CREATED);
	}

	private long tokens(RunSeed run, String type, int jobs, String created) {
		long sum = 0;
		for (int job = 0; job < jobs; job++) {
			long tokens = 20_000 + this.random.nextInt(10_000);
			run.spent(id(), type, tokens, created);
			sum += tokens;
		}
		return sum;
	}

	private long failed(RunSeed run, String type, int jobs) {
		long sum = 0;
		for (int job = 0; job < jobs; job++) {
			long tokens = 5_000 + this.random.nextInt(5_000);
			run.job(id(), "FETCHED", Map.of("state", "Failed", "job_type", type, "usage_status", "REPORTED",
					"total_tokens", tokens, "create_time", CREATED));
			sum += tokens;
		}
		return sum;
	}

	/** Jobs whose tokens only the vendor knows: no more than the largest that reports. */
	private long silent(RunSeed run, String type, int jobs) {
		long sum = 0;
		for (int job = 0; job < jobs; job++) {
			run.job(id(), "FETCHED",
					Map.of("state", "Finished", "job_type", type, "usage_status", "ABSENT", "create_time", CREATED));
			sum += 10_000 + this.random.nextInt(10_000);
		}
		return sum;
	}

	private long timeless(RunSeed run, String type, String seen) {
		long tokens = 3_000 + this.random.nextInt(1_000);
		run.job(id(), "FETCHED", Map.of("state", "Finished", "job_type", type, "usage_status", "REPORTED",
				"total_tokens", tokens, "first_seen_at", seen));
		return tokens;
	}

	private int jobs;

	private String id() {
		return "job-" + ++this.jobs;
	}

	private void closeOctober() {
		this.jdbc
			.sql("""
					with closed as (
					  insert into audit.month_close (account, month, zone, starts_at, ends_at, closed_at, closed_by, version)
					  values ('default', '2026-10-01', 'Asia/Shanghai', '2026-10-01 00:00+08', '2026-11-01 00:00+08',
					    '2026-11-05 00:00+08', 'finance', '0.1.0')
					  returning close_id, starts_at, ends_at)
					insert into audit.closed_job (close_id, job_id, state, job_type, error_code, total_tokens, prompt_tokens,
					  completion_tokens, usage_status, create_time, booked_at, currency, price_per_1000_tokens, spend_status, spend)
					select c.close_id, j.job_id, j.state, j.job_type, j.error_code, j.total_tokens, j.prompt_tokens,
					  j.completion_tokens, j.usage_status, j.create_time, j.booked_at, j.currency, j.price_per_1000_tokens,
					  j.spend_status, j.spend
					from closed c
					join audit.v_job j on j.booked_at >= c.starts_at and j.booked_at < c.ends_at""")
			.update();
	}

	@SuppressWarnings("NullAway") // a compact constructor's parameters have no type
									// annotations in the class file
	private BillReconciliation reconcile() throws Exception {
		Path file = Files.writeString(this.directory.resolve("bill.csv"), this.bill);
		Bill read = Bill.read(file, OCTOBER,
				new BillProperties(List.of("ice"), List.of(), List.of(), new BigDecimal("0.01")));
		return new ReportWriter(this.database, ReportSettings.of(this.directory, ZONE))
			.reconcile(
					ReportPeriod.of(OCTOBER), RunSeed.ACCOUNT, new BillToCompare("bill.csv", "ab", read.asRows(),
							read.lines(), read.otherMonths(), read.otherProducts(), new BigDecimal("0.01")),
					() -> false);
	}

	/**
	 * Failed, unpriced, without time, not reporting, rounding and unexplained, by type.
	 */
	private Map<String, List<BigDecimal>> causes() {
		Map<String, List<BigDecimal>> causes = new TreeMap<>();
		Bill read = Bill.read(this.directory.resolve("bill.csv"), OCTOBER,
				new BillProperties(List.of("ice"), List.of(), List.of(), new BigDecimal("0.01")));
		this.jdbc
			.sql("select * from audit.reconciliation('default', '2026-10-01 00:00+08', '2026-11-01 00:00+08',"
					+ " cast(:bill as jsonb), 'CNY')")
			.param("bill", JsonMapper.shared().writeValueAsString(read.asRows()))
			.query((row, number) -> causes.put(row.getString("job_type"),
					List.of(row.getBigDecimal("by_failed"), row.getBigDecimal("by_unpriced"),
							row.getBigDecimal("by_timeless"), row.getBigDecimal("by_silent"),
							row.getBigDecimal("by_rounding"), row.getBigDecimal("unexplained"))))
			.list();
		return causes;
	}

	private static BigDecimal orZero(@Nullable BigDecimal value) {
		return (value != null) ? value : BigDecimal.ZERO;
	}

	private static void assertSame(String what, @Nullable BigDecimal found, @Nullable BigDecimal wanted) {
		if (wanted == null) {
			assertThat(found).as(what).isNull();
		}
		else {
			assertThat(found).as(what).isEqualByComparingTo(wanted);
		}
	}

	/** Up to half of the last digit of a line of the bill. */
	private static void assertNear(String what, BigDecimal found, BigDecimal wanted) {
		assertThat(found.subtract(wanted).abs()).as("%s: %s, wanted %s", what, found, wanted)
			.isLessThanOrEqualTo(new BigDecimal("0.000001"));
	}

}
