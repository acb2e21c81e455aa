package io.jobaudit.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

import io.jobaudit.TestPostgres;
import io.jobaudit.report.csv.BudgetProperties;
import io.jobaudit.report.csv.FocusProperties;
import io.jobaudit.report.definition.ColumnDefinition;
import io.jobaudit.report.definition.ReportKind;
import io.jobaudit.report.definition.SheetDefinition;
import io.jobaudit.report.definition.WorkbookDefinition;
import io.jobaudit.report.definition.Workbooks;
import io.jobaudit.report.subject.BookingProperties;
import io.jobaudit.report.subject.ReportPeriod;
import io.jobaudit.report.table.ColumnSums;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.FormulaEvaluator;
import org.apache.poi.ss.usermodel.Row;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is shown adds up to the total that is shown, and the totals are the database's.
 */
class FootingTest {

	private static final PGSimpleDataSource DATABASE = TestPostgres.migratedDatabase();

	private static final GoldenHistory.Runs RUNS = GoldenHistory.seed(DATABASE);

	private static final YearMonth NOVEMBER = YearMonth.of(2026, 11);

	@TempDir
	private static Path directory = Path.of("");

	private static ReportWriter writer;

	@BeforeAll
	static void mapAccounts() throws Exception {
		Path map = directory.resolve("accounts-map.csv");
		Files.writeString(map, "cost_centre,debit_account,credit_account\nCC-1001,6420,2100\n*,6490,2100\n");
		writer = new ReportWriter(DATABASE, ReportSettings.of(directory, GoldenHistory.ZONE),
				FocusProperties.standard(), BudgetProperties.standard(), new BookingProperties(map));
	}

	@ParameterizedTest
	@EnumSource
	void everyColumnOfMoneyAddsUpToItsTotalOnEverySheet(Subject subject) {
		ReadWorkbook workbook = ReadWorkbook.of(subject.reports.apply(writer), "token-spend.xlsx");
		int columns = 0;
		for (SheetDefinition sheet : definition(subject).tables()) {
			for (ColumnDefinition column : sheet.columns()) {
				if (column.total() != null && column.format().isMoney()
						&& workbook.sheet(sheet.name().text()) != null) {
					assertFoots(workbook, sheet.name().text(), column.name().text());
					columns++;
				}
			}
		}
		assertThat(columns).isGreaterThanOrEqualTo((subject == Subject.RUN) ? 8 : 25);
	}

	private static void assertFoots(ReadWorkbook workbook, String sheet, String column) {
		Map<String, BigDecimal> shown = new TreeMap<>();
		Map<String, BigDecimal> totals = new TreeMap<>();
		Map<String, BigDecimal> controls = new TreeMap<>();
		int name = workbook.headers(sheet).indexOf(column);
		int currency = workbook.headers(sheet).indexOf("Currency");
		workbook.rows(sheet).stream().skip(1).forEach((row) -> {
			String text = (row.getCell(name) != null) ? ReadWorkbook.text(row.getCell(name)).replace(",", "") : "";
			if (!text.isEmpty()) {
				Map<String, BigDecimal> to = switch (ReadWorkbook.text(row.getCell(0))) {
					case "Total" -> totals;
					case "Control total" -> controls;
					default -> shown;
				};
				to.merge(ReadWorkbook.text(row.getCell(currency)), new BigDecimal(text), BigDecimal::add);
			}
		});
		shown.replaceAll((code, sum) -> sum.stripTrailingZeros());
		totals.replaceAll((code, sum) -> sum.stripTrailingZeros());
		controls.replaceAll((code, sum) -> sum.stripTrailingZeros());
		assertThat(shown).as("%s, %s", sheet, column).isEqualTo(totals);
		assertThat(totals).as("%s, %s", sheet, column).containsAllEntriesOf(controls);
	}

	@ParameterizedTest
	@EnumSource
	void checksOfTheSummaryAreFormulasThatSayWhatIsShown(Subject subject) {
		WrittenReports reports = subject.reports.apply(writer);
		for (String name : List.of("token-spend.xlsx", "failures.xlsx")) {
			ReadWorkbook workbook = ReadWorkbook.of(reports, name);
			FormulaEvaluator evaluator = workbook.workbook().getCreationHelper().createFormulaEvaluator();
			List<Row> checks = workbook.rows("Summary")
				.stream()
				.filter((row) -> row.getCell(0) != null && ReadWorkbook.text(row.getCell(0)).equals("Check"))
				.toList();
			assertThat(checks).as(name).hasSize(switch (subject) {
				case RUN -> name.equals("failures.xlsx") ? 4 : 5;
				default -> name.equals("failures.xlsx") ? 0 : 3;
			});
			assertThat(checks).allSatisfy((row) -> {
				assertThat(row.getCell(1).getCellType()).isEqualTo(CellType.FORMULA);
				assertThat(evaluator.evaluate(row.getCell(1)).getNumberValue()).as(row.getCell(1).getCellFormula())
					.isEqualTo(row.getCell(1).getNumericCellValue());
			});
		}
	}

	@Test
	void aThousandRandomHistoriesFootToTheLastDigit() {
		SheetDefinition booking = definition(Subject.MONTH).tables().get(0);
		Random random = new Random(16);
		for (int history = 0; history < 1000; history++) {
			ColumnSums sums = new ColumnSums(booking);
			Map<String, BigDecimal[]> exact = new HashMap<>();
			Map<String, BigDecimal[]> shown = new HashMap<>();
			for (int row = random.nextInt(40); row >= 0; row--) {
				String currency = List.of("CNY", "USD", "JPY", "KWD").get(random.nextInt(4));
				BigDecimal spend = amount(random);
				BigDecimal correction = amount(random);
				List<@Nullable Object> values = new ArrayList<>(List.of("2026-11", "CC-" + row, currency));
				values.add(spend);
				values.add(correction);
				values.add(BigDecimal.ZERO);
				values.add(sum(spend, correction));
				add(exact, currency, values);
				add(shown, currency, assertRowAddsUp(sums.add(values)));
			}
			for (String currency : sums.currencies()) {
				ColumnSums.SumRow rounding = sums.rounding(currency);
				if (rounding != null) {
					add(shown, currency, assertRowAddsUp(rounding.values()));
				}
				List<@Nullable Object> total = sums.totals()
					.stream()
					.filter((row) -> currency.equals(row.currency()))
					.findFirst()
					.orElseThrow()
					.values();
				assertRowAddsUp(total);
				int digits = Currency.getInstance(currency).getDefaultFractionDigits();
				for (int column : new int[] { 3, 4, 6 }) {
					BigDecimal rounded = of(exact, currency)[column].setScale(digits, RoundingMode.HALF_UP);
					assertThat(orZero(total.get(column))).as("total of %s", column).isEqualByComparingTo(rounded);
					assertThat(of(shown, currency)[column]).as("rows of %s", column).isEqualByComparingTo(rounded);
				}
				assertThat(of(shown, currency)[5]).isEqualByComparingTo(orZero(total.get(5)));
			}
		}
	}

	/** Spend + corrections + rounding = booked. */
	private static List<@Nullable Object> assertRowAddsUp(List<@Nullable Object> row) {
		assertThat(orZero(row.get(3)).add(orZero(row.get(4))).add(orZero(row.get(5))))
			.isEqualByComparingTo(orZero(row.get(6)));
		return row;
	}

	private static @Nullable BigDecimal amount(Random random) {
		return (random.nextInt(4) == 0) ? null : BigDecimal.valueOf(random.nextInt(4_000_001) - 1_000_000, 6);
	}

	private static @Nullable BigDecimal sum(@Nullable BigDecimal one, @Nullable BigDecimal other) {
		return (one == null) ? other : (other == null) ? one : one.add(other);
	}

	private static void add(Map<String, BigDecimal[]> sums, String currency, List<@Nullable Object> row) {
		BigDecimal[] sum = sums.computeIfAbsent(currency, (name) -> {
			BigDecimal[] zeros = new BigDecimal[7];
			Arrays.fill(zeros, BigDecimal.ZERO);
			return zeros;
		});
		for (int column = 3; column < 7; column++) {
			sum[column] = sum[column].add(orZero(row.get(column)));
		}
	}

	private static BigDecimal[] of(Map<String, BigDecimal[]> sums, String currency) {
		return Objects.requireNonNull(sums.get(currency));
	}

	private static BigDecimal orZero(@Nullable Object value) {
		return (value instanceof BigDecimal number) ? number : BigDecimal.ZERO;
	}

	@Test
	void whatIsBookedIsWhatPlainSqlAddsUp() {
		// given the jobs of an open month by their prices, and what was found about
		// October
		List<String> expected = JdbcClient.create(DATABASE)
			.sql("""
					with part as (
					  select j.labels ->> 'cost_centre' as centre, p.currency, j.total_tokens * p.price_per_1000_tokens / 1000 as spend,
					    null::numeric as correction
					  from audit.smart_job j
					  join audit.price p on p.job_type = j.job_type
					    and (coalesce(j.create_time, j.first_seen_at) at time zone 'Asia/Shanghai')::date >= p.valid_from
					    and (coalesce(j.create_time, j.first_seen_at) at time zone 'Asia/Shanghai')::date <= coalesce(p.valid_to, 'infinity')
					  where to_char(coalesce(j.create_time, j.first_seen_at) at time zone 'Asia/Shanghai', 'YYYY-MM') = '2026-11'
					  and j.state <> 'Failed' and j.total_tokens is not null
					  union all
					  select c.labels ->> 'cost_centre', c.currency, null, c.spend
					  from audit.v_correction c
					  where to_char(c.seen_at at time zone 'Asia/Shanghai', 'YYYY-MM') = '2026-11' and c.spend is not null)
					select coalesce(centre, '(none)') || ' ' || currency || ' '
					  || round(coalesce(sum(spend), 0) + coalesce(sum(correction), 0), case currency when 'JPY' then 0 else 2 end)
					from part group by centre, currency order by 1""")
			.query((row, number) -> row.getString(1))
			.list();
		// when
		ReadWorkbook workbook = ReadWorkbook.of(Subject.MONTH.reports.apply(writer), "token-spend.xlsx");
		// then
		assertThat(workbook.table("Booking", "Cost centre", "Currency", "Booked")
			.stream()
			.map((row) -> row.replace(" | ", " ").replace(",", ""))
			.sorted()
			.toList()).isEqualTo(expected.stream().sorted().toList());
	}

	@Test
	void theJournalIsTheBookingDebitedAndCredited() throws Exception {
		WrittenReports reports = Subject.MONTH.reports.apply(writer);
		ReadWorkbook workbook = ReadWorkbook.of(reports, "token-spend.xlsx");
		List<String> lines = Files.readAllLines(reports.directory().resolve("journal.csv"));
		Map<String, BigDecimal> debits = new TreeMap<>();
		Map<String, BigDecimal> balance = new TreeMap<>();
		for (String line : lines.subList(1, lines.size())) {
			String[] cells = line.split(",", -1);
			BigDecimal amount = orZero(number(cells[5])).subtract(orZero(number(cells[6])));
			balance.merge(cells[4], amount, BigDecimal::add);
			if (!cells[2].equals("2100")) {
				debits.merge(cells[4], amount, BigDecimal::add);
			}
		}
		assertThat(lines).first().isEqualTo("Date,Month,Account,Cost centre,Currency,Debit,Credit,Text");
		assertThat(lines.get(1)).startsWith("2026-11-30,2026-11,");
		assertThat(lines).filteredOn((line) -> line.contains("CC-1001") && !line.contains(",2100,"))
			.isNotEmpty()
			.allSatisfy((line) -> assertThat(line).contains(",6420,"));
		assertThat(balance.values()).allSatisfy((sum) -> assertThat(sum).isZero());
		debits.forEach((currency, sum) -> assertThat(sum).as(currency)
			.isEqualByComparingTo(workbook.figure("Booked in " + currency).replace(",", "")));
		assertThat(debits).hasSizeGreaterThan(1);
	}

	private static @Nullable BigDecimal number(String text) {
		return text.isEmpty() ? null : new BigDecimal(text);
	}

	private static WorkbookDefinition definition(Subject subject) {
		WorkbookDefinition workbook = Workbooks.load(Path.of("no-such-directory"), Set.of())
			.stream()
			.filter((one) -> one.name().equals("token-spend"))
			.findFirst()
			.orElseThrow();
		return workbook.of((subject == Subject.RUN) ? ReportKind.RUN : ReportKind.PERIOD);
	}

	/** What is reported on. */
	enum Subject {

		RUN((writer) -> writer.write(RUNS.last(), () -> false)),

		MONTH((writer) -> writer.write(ReportPeriod.of(NOVEMBER), RunSeed.ACCOUNT, () -> false)),

		CLOSED((writer) -> writer.write(ReportPeriod.of(NOVEMBER.minusMonths(1)), RunSeed.ACCOUNT, () -> false)),

		DAYS((writer) -> writer.write(ReportPeriod.of(LocalDate.of(2026, 10, 25), LocalDate.of(2026, 11, 8)),
				RunSeed.ACCOUNT, () -> false));

		private final Function<ReportWriter, WrittenReports> reports;

		Subject(Function<ReportWriter, WrittenReports> reports) {
			this.reports = reports;
		}

	}

}
