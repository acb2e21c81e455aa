package io.jobaudit.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

import javax.sql.DataSource;

import io.jobaudit.RunId;
import io.jobaudit.TestPostgres;
import io.jobaudit.report.csv.BudgetProperties;
import io.jobaudit.report.csv.FocusProperties;
import io.jobaudit.report.subject.BookingProperties;
import io.jobaudit.report.subject.ReportPeriod;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Recomputes the sheet Budget from what was seeded. */
class BudgetSheetTest {

	private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

	private static final YearMonth NOVEMBER = YearMonth.of(2026, 11);

	private static final Instant START = NOVEMBER.atDay(1).atStartOfDay(ZONE).toInstant();

	private static final Duration WHOLE = Duration.ofDays(30);

	private static final Map<String, BigDecimal> BUDGETS = new TreeMap<>(
			Map.of("A CNY", new BigDecimal("3"), "B CNY", new BigDecimal("0.2"), "B USD", new BigDecimal("100"),
					"Idle CNY", BigDecimal.TEN, "* CNY", new BigDecimal("4.25")));

	private final DataSource database = TestPostgres.migratedDatabase();

	private final Map<String, BigDecimal> booked = new TreeMap<>();

	@TempDir
	private Path directory = Path.of("");

	@Test
	void aRunShowsAllThatTheMonthHasBookedAndWhereItIsHeading() throws Exception {
		// given
		new PriceSeed(this.database, ZONE).price("ASR", "CNY", "0.0123", "2026-01-01", null)
			.price("TextGenerate", "USD", "0.7", "2026-01-01", null);
		seed("early", START.plus(Duration.ofHours(1)), 30);
		RunId run = seed("late", RunSeed.STARTED, 30);

		// when
		ReadWorkbook workbook = ReadWorkbook.of(writer(budgets()).write(run, () -> false), "token-spend.xlsx");

		// then
		Instant ended = RunSeed.STARTED.plus(Duration.ofMinutes(1));
		assertThat(rows(workbook)).containsExactlyInAnyOrderElementsOf(expected(ended));
	}

	@Test
	void aMonthThatIsOverHasBookedWhatItHasBooked() throws Exception {
		// given
		new PriceSeed(this.database, ZONE).price("ASR", "CNY", "0.0123", "2026-01-01", null)
			.price("TextGenerate", "USD", "0.7", "2026-01-01", null);
		seed("night", RunSeed.STARTED, 20);
		RunSeed december = new RunSeed(this.database, Instant.parse("2026-12-02T00:00:00Z"));
		december.close();

		// when
		ReadWorkbook workbook = ReadWorkbook
			.of(writer(budgets()).write(ReportPeriod.of(NOVEMBER), RunSeed.ACCOUNT, () -> false), "token-spend.xlsx");

		// then
		assertThat(rows(workbook)).containsExactlyInAnyOrderElementsOf(expected(START.plus(WHOLE)));
	}

	@Test
	void withoutBudgetsThereIsNoSheet() throws Exception {
		RunId run = seed("night", RunSeed.STARTED, 2);

		ReadWorkbook workbook = ReadWorkbook.of(writer(BudgetProperties.standard()).write(run, () -> false),
				"token-spend.xlsx");

		assertThat(workbook.workbook().getSheet("Budget")).isNull();
	}

	private List<String> expected(Instant asOf) {
		Map<String, BigDecimal> all = new TreeMap<>(this.booked);
		this.booked.forEach((key, amount) -> all.merge("* " + key.split(" ")[1], amount, BigDecimal::add));
		List<String> keys = new ArrayList<>(new TreeSet<>(all.keySet()));
		BUDGETS.keySet().stream().filter((key) -> !keys.contains(key)).forEach(keys::add);
		BigDecimal passed = BigDecimal.valueOf(Duration.between(START, asOf).toSeconds());
		List<String> rows = new ArrayList<>();
		for (String key : keys) {
			BigDecimal budget = BUDGETS.get(key);
			if (budget == null && key.startsWith("*")) {
				continue;
			}
			BigDecimal amount = all.getOrDefault(key, BigDecimal.ZERO);
			BigDecimal projection = amount.multiply(BigDecimal.valueOf(WHOLE.toSeconds()))
				.divide(passed, 12, RoundingMode.HALF_UP);
			String status = (budget == null) ? "No budget"
					: (amount.compareTo(budget) >= 0) ? "Over"
							: (amount.compareTo(budget.multiply(new BigDecimal("0.8"))) >= 0) ? "Above 80 %"
									: (projection.compareTo(budget) > 0) ? "Projected over" : "Within";
			rows.add("%s %s %s %s %s".formatted(key, status, money(budget), money(amount), money(projection)));
		}
		return rows;
	}

	private static String money(@Nullable BigDecimal amount) {
		return (amount != null) ? amount.setScale(2, RoundingMode.HALF_UP).toPlainString() : "-";
	}

	private static List<String> rows(ReadWorkbook workbook) {
		List<String> rows = new ArrayList<>();
		workbook.workbook().getSheet("Budget").forEach((row) -> {
			if (row.getRowNum() > 0) {
				rows.add("%s %s %s %s %s %s".formatted(row.getCell(1), row.getCell(2), row.getCell(3),
						number(row.getCell(4)), number(row.getCell(5)), number(row.getCell(8))));
			}
		});
		return rows;
	}

	private static String number(Cell cell) {
		return (cell.getCellType() == CellType.BLANK) ? "-"
				: BigDecimal.valueOf(cell.getNumericCellValue()).setScale(2, RoundingMode.HALF_UP).toPlainString();
	}

	/**
	 * A run with jobs of several cost centres and currencies, and of the month before.
	 */
	private RunId seed(String name, Instant started, int jobs) {
		Random random = new Random(name.hashCode());
		RunSeed run = new RunSeed(this.database, started);
		JdbcClient jdbc = JdbcClient.create(this.database);
		for (int job = 0; job < jobs; job++) {
			String id = name + "-" + job;
			boolean dollars = random.nextInt(4) == 0;
			String centre = List.of("A", "B", "C").get(random.nextInt(3));
			long tokens = random.nextInt(20_000);
			boolean before = random.nextInt(5) == 0;
			Instant created = before ? START.minusSeconds(1) : START.plusSeconds(random.nextInt(3000));
			run.spent(id, dollars ? "TextGenerate" : "ASR", tokens, created.toString())
				.labels(id, Map.of("cost_centre", centre));
			jdbc.sql(
					"update audit.smart_job set labels = jsonb_build_object('cost_centre', cast(:centre as text)) where job_id = :id")
				.param("centre", centre)
				.param("id", id)
				.update();
			if (!before) {
				BigDecimal price = new BigDecimal(dollars ? "0.7" : "0.0123");
				this.booked.merge(centre + (dollars ? " USD" : " CNY"),
						price.multiply(BigDecimal.valueOf(tokens)).movePointLeft(3), BigDecimal::add);
			}
		}
		return run.close();
	}

	private BudgetProperties budgets() throws Exception {
		StringBuilder text = new StringBuilder("cost_centre,currency,month,amount\n");
		BUDGETS.forEach((key, amount) -> text
			.append("%s,%s,2026-11,%s\n".formatted(key.split(" ")[0], key.split(" ")[1], amount)));
		text.append("A,CNY,2026-10,7\n");
		return new BudgetProperties(Files.writeString(this.directory.resolve("budgets.csv"), text));
	}

	private ReportWriter writer(BudgetProperties budgets) {
		return new ReportWriter(this.database, ReportSettings.of(this.directory, ZONE), FocusProperties.standard(),
				budgets, BookingProperties.standard());
	}

}
