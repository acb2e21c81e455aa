package io.jobaudit.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import javax.sql.DataSource;

import io.jobaudit.ReportTexts;
import io.jobaudit.TestPostgres;
import io.jobaudit.report.BillReconciliation.BillToCompare;
import io.jobaudit.report.csv.BudgetProperties;
import io.jobaudit.report.csv.FocusProperties;
import io.jobaudit.report.definition.ColumnDefinition;
import io.jobaudit.report.definition.ColumnFormat;
import io.jobaudit.report.definition.ReportKind;
import io.jobaudit.report.definition.SheetDefinition;
import io.jobaudit.report.definition.WorkbookDefinition;
import io.jobaudit.report.definition.Workbooks;
import io.jobaudit.report.subject.BookingProperties;
import io.jobaudit.report.subject.ReportPeriod;
import io.jobaudit.report.table.TextWidth;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.util.WorkbookUtil;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The reports of one history in each language: no text of ours is left in English in the
 * Chinese ones, and none is cut in any.
 */
class ReportsInLanguagesTest {

	/** Words of the API and of the history, and names without a translation. */
	private static final String NAMES = String.join("|", "TextGenerate", "ASR", "TextToSpeech", "VideoTranslation",
			"DynamicChart", "NoVoice", "TooLong", "Quota", "InputFileNotAccessible", "Finished", "Failed", "Executing",
			"Created", "CNY", "USD", "JPY", "CC-\\d+", "1e5", "SUM", "cost_centre", "default", "cn-shanghai",
			"Asia/Shanghai", "ids\\.csv", "bill\\.csv", "finance", "(?:a1){32}", "ab", "Token", "API", "ID", "SHA-256",
			"SQL", "MAD", "HTTP", "job-audit", "tblSpend", "run --completeness", "[a-z-]+\\.(?:xlsx|csv|json)");

	private static final Pattern FOREIGN = Pattern.compile("(?<![A-Za-z])(?:" + NAMES + ")(?![A-Za-z])");

	/** Latin letters are narrower than the digits that measure a column, on average. */
	private static final double LATIN = 0.88;

	/** Width of a column that the button of its filter covers. */
	private static final int FILTER_BUTTON = 2;

	private static final Map<ReportTexts, List<Written>> WORKBOOKS = new TreeMap<>();

	private static final Map<ReportTexts, List<WrittenReports>> REPORTS = new TreeMap<>();

	@BeforeAll
	static void write(@TempDir Path directory) throws IOException {
		DataSource database = TestPostgres.migratedDatabase();
		GoldenHistory.Runs runs = GoldenHistory.seed(database);
		BudgetProperties budgets = new BudgetProperties(Files.writeString(directory.resolve("budgets.csv"), """
				cost_centre,currency,month,amount
				CC-1001,CNY,2026-11,1
				CC-1002,CNY,2026-11,70
				*,CNY,2026-11,100000
				"""));
		for (ReportTexts texts : ReportTexts.values()) {
			ReportWriter writer = new ReportWriter(database,
					ReportSettings.of(directory.resolve(texts.name()), GoldenHistory.ZONE, texts),
					FocusProperties.standard(), budgets, BookingProperties.standard());
			WrittenReports run = writer.write(runs.last(), () -> false);
			WrittenReports closed = writer.write(ReportPeriod.of(YearMonth.of(2026, 10)), RunSeed.ACCOUNT, () -> false);
			WrittenReports days = writer.write(ReportPeriod.of(LocalDate.of(2026, 10, 25), LocalDate.of(2026, 11, 30)),
					RunSeed.ACCOUNT, () -> false);
			WrittenReports bill = writer.reconcile(ReportPeriod.of(YearMonth.of(2026, 10)), RunSeed.ACCOUNT,
					new BillToCompare("bill.csv", "ab",
							List.of(Map.of("job_type", "TextGenerate", "currency", "CNY", "amount", "99", "lines", 1)),
							1, 0, 0, BigDecimal.ZERO),
					() -> false)
				.reports();
			REPORTS.put(texts, List.of(run, closed, days));
			List<Written> written = new ArrayList<>();
			for (WorkbookDefinition workbook : Workbooks.load(Path.of("no-such-directory"), Set.of())) {
				written.add(new Written(run, workbook.of(ReportKind.RUN), texts));
				written.add(new Written(closed, workbook.of(ReportKind.PERIOD), texts));
				written.add(new Written(days, workbook.of(ReportKind.PERIOD), texts));
			}
			written.add(new Written(bill, Workbooks.reconciliation(Path.of("no-such-directory")), texts));
			WORKBOOKS.put(texts, written);
		}
	}

	@Test
	void noTextOfOursInAWorkbookIsEnglish() {
		assertThat(written(ReportTexts.ZH_CN)).hasSize(7)
			.allSatisfy((workbook) -> assertThat(english(workbook.ours())).as(workbook.toString()).isEmpty());
	}

	@Test
	void noTextOfOursOnAPageIsEnglish() {
		assertThat(reports(ReportTexts.ZH_CN)).allSatisfy((reports) -> {
			ReadPage page = ReadPage.of(reports);
			Set<String> texts = new LinkedHashSet<>();
			Stream.of("title", "h1", "h2", "h3", "p", "caption", "th", "td", "text", "desc")
				.forEach((element) -> page.all(element).forEach((found) -> texts.add(found.getTextContent())));
			assertThat(texts).hasSizeGreaterThan(100);
			assertThat(english(texts)).as(reports.directory().toString()).isEmpty();
			assertThat(page.document().getDocumentElement().getAttribute("lang")).isEqualTo("zh-CN");
		});
	}

	@Test
	void namesOfSheetsAndColumnsAreTranslatedIfAndOnlyIfTheyAreOurs() {
		Set<String> keys = new TreeSet<>();
		for (WorkbookDefinition workbook : workbooks()) {
			for (SheetDefinition sheet : workbook.tables()) {
				assertThat(ReportTexts.ZH_CN.tab(sheet.name().text())).isNotEqualTo(sheet.name().text());
				keys.add("tab " + sheet.name());
				sheet.columns()
					.forEach((column) -> keys.add((column.format() == ColumnFormat.INSTANT)
							? "time " + column.name() + " (%s)" : "header " + column.name()));
			}
		}
		keys.addAll(Set.of("tab Cover", "tab Summary", "tab Audit"));
		assertThat(ReportTexts.keys().stream().filter((key) -> key.matches("(tab|header|time)\\..*")))
			.extracting((key) -> key.split("\\.")[0] + " " + ReportTexts.EN.text(key))
			.containsExactlyInAnyOrderElementsOf(keys);
	}

	@ParameterizedTest
	@EnumSource
	void noNameOfASheetIsRefusedByASpreadsheet(ReportTexts texts) {
		for (WorkbookDefinition workbook : workbooks()) {
			List<String> names = new ArrayList<>(List.of(texts.tab("Cover"), texts.tab("Summary"), texts.tab("Audit")));
			workbook.tables().forEach((sheet) -> {
				String name = texts.tab(sheet.name().text());
				// a long table goes on in another sheet, with a number
				WorkbookUtil.validateSheetName(sheet.streams() ? name + " 999" : name);
				names.add(name);
			});
			assertThat(names.subList(3, names.size())).as("beside those of every workbook")
				.doesNotContainAnyElementsOf(names.subList(0, 3));
		}
	}

	@ParameterizedTest
	@EnumSource
	void noHeaderIsCut(ReportTexts texts) {
		for (Written workbook : written(texts)) {
			workbook.tables().forEach((table, sheet) -> {
				for (int column = 0; column < table.columns().size(); column++) {
					String header = sheet.getRow(0).getCell(column).getStringCellValue();
					assertThat(lines(header, sheet.getColumnWidth(column) / 256.0 - FILTER_BUTTON))
						.as("lines of the header \"%s\" of %s", header, sheet.getSheetName())
						.isLessThanOrEqualTo(2);
				}
			});
		}
	}

	@ParameterizedTest
	@EnumSource
	void noTextOfSummaryCoverOrAuditIsCut(ReportTexts texts) {
		List<String> cut = new ArrayList<>();
		for (Written workbook : written(texts)) {
			for (String tab : List.of("Cover", "Summary", "Audit")) {
				XSSFSheet sheet = workbook.read().sheet(texts.tab(tab));
				if (sheet != null) {
					workbook.cells(sheet)
						.filter((cell) -> width(cell) > room(cell))
						.forEach((cell) -> cut.add("%s, %s!%s, %.0f > %.0f: %s".formatted(workbook, tab,
								cell.getAddress(), width(cell), room(cell), cell.getStringCellValue())));
				}
			}
		}
		assertThat(cut).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void noTitleOfAPageOrAChartIsCut(ReportTexts texts) {
		for (Written workbook : written(texts)) {
			workbook.read().workbook().forEach((sheet) -> {
				assertThat(sheet.getHeader().getLeft()).doesNotContain("…");
				assertThat(sheet.getHeader().getLeft().length()).isLessThan(255);
				assertThat(sheet.getFooter().getLeft()).doesNotContain("…");
			});
			workbook.parts("xl/charts/chart", "<a:t>([^<]*)</a:t>")
				.forEach((title) -> assertThat(1.2 * width(title)).as(title).isLessThan(70));
		}
	}

	/** Texts of 10 points are printed with about 8 or more. */
	@ParameterizedTest
	@EnumSource
	void noSheetIsPrintedTooSmall(ReportTexts texts) {
		assertThat(written(texts)).flatExtracting((written) -> written.read().printScales())
			.hasSizeGreaterThan(30)
			.filteredOn((printed) -> printed.scale() < 0.78)
			.isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void aLongSummaryTakesSeveralPagesAndCutsNoChart(ReportTexts texts) {
		List<XSSFSheet> summaries = written(texts).stream()
			.map((written) -> written.read().workbook().getSheet(texts.tab("Summary")))
			.toList();

		assertThat(summaries).filteredOn((sheet) -> sheet.getRowBreaks().length > 0).hasSizeGreaterThan(1);
		assertThat(summaries).flatExtracting(ReadWorkbook::cutCharts).isEmpty();
	}

	@Test
	void whatProgramsReadIsTheSameInEachLanguage() throws IOException {
		for (int index = 0; index < reports(ReportTexts.EN).size(); index++) {
			WrittenReports english = reports(ReportTexts.EN).get(index);
			WrittenReports chinese = reports(ReportTexts.ZH_CN).get(index);
			for (WrittenReports.ReportFile file : english.files()) {
				if (!file.name().matches(".*\\.(xlsx|html)")) {
					assertThat(chinese.directory().resolve(file.name())).hasSameBinaryContentAs(file.path());
				}
			}
		}
		assertThat(reports(ReportTexts.ZH_CN).get(0).directory().resolve("failed-jobs.csv")).content()
			.startsWith("Job id,Job type,Error code,");
		JsonNode english = JsonMapper.shared().readTree(reports(ReportTexts.EN).get(0).summary());
		JsonNode chinese = JsonMapper.shared().readTree(reports(ReportTexts.ZH_CN).get(0).summary());
		assertThat(english.has("translatedAnswer")).isFalse();
		assertThat(chinese.get("answer")).isEqualTo(english.get("answer"));
		assertThat(chinese.at("/translatedAnswer/language").stringValue()).isEqualTo("zh-CN");
		assertThat(ReadPage.of(reports(ReportTexts.ZH_CN).get(0)).markup())
			.contains(chinese.at("/translatedAnswer/sentences/0").stringValue());
		XSSFSheet spend = written(ReportTexts.ZH_CN).get(3).read().sheet("费用数据");
		assertThat(spend.getTables()).singleElement().satisfies((table) -> {
			assertThat(table.getName()).isEqualTo("tblSpend");
			assertThat(table.getColumns().get(0).getName()).isEqualTo("日期");
		});
	}

	@Test
	void aLinkLeadsToATranslatedSheet() {
		ReadWorkbook failures = written(ReportTexts.ZH_CN).get(0).read();

		assertThat(failures.cells().stream().filter((cell) -> cell.getCellType() == CellType.FORMULA))
			.extracting(Cell::getCellFormula)
			.filteredOn((formula) -> formula.startsWith("HYPERLINK(\"#"))
			.hasSizeGreaterThan(10)
			.allSatisfy((formula) -> assertThat(failures.sheetNames())
				.contains(formula.replaceFirst("HYPERLINK\\(\"#'?([^'!]*)'?!.*", "$1")));
	}

	private static List<Written> written(ReportTexts texts) {
		return Objects.requireNonNull(WORKBOOKS.get(texts));
	}

	private static List<WrittenReports> reports(ReportTexts texts) {
		return Objects.requireNonNull(REPORTS.get(texts));
	}

	private static List<WorkbookDefinition> workbooks() {
		List<WorkbookDefinition> workbooks = new ArrayList<>(Workbooks.load(Path.of("no-such-directory"), Set.of()));
		workbooks.add(Workbooks.reconciliation(Path.of("no-such-directory")));
		workbooks.add(Workbooks.accounts(Path.of("no-such-directory")));
		return workbooks;
	}

	/** The texts that have English words besides names. */
	private static List<String> english(Set<String> texts) {
		return texts.stream()
			.filter((text) -> Pattern.compile("[A-Za-z]{2}").matcher(FOREIGN.matcher(text).replaceAll("")).find())
			.toList();
	}

	private static double width(Cell cell) {
		return (1 + width(cell.getStringCellValue()))
				* ((XSSFCell) cell).getCellStyle().getFont().getFontHeightInPoints() / 10;
	}

	private static double width(String text) {
		int wide = TextWidth.of(text) - text.length();
		return 2 * wide + LATIN * (text.length() - wide);
	}

	/** Its column and the empty ones to its right. */
	private static double room(Cell cell) {
		double room = 0;
		int column = cell.getColumnIndex();
		do {
			room += cell.getSheet().getColumnWidth(column++) / 256.0;
		}
		while (column < 13 && isEmpty(cell.getRow(), column));
		return room;
	}

	private static boolean isEmpty(Row row, int column) {
		Cell cell = row.getCell(column);
		return cell == null || cell.getCellType() == CellType.BLANK
				|| (cell.getCellType() == CellType.STRING && cell.getStringCellValue().isEmpty());
	}

	/** A line may end at a space, and before or after each wide character. */
	private static int lines(String text, double width) {
		int lines = 1;
		double length = 0;
		for (String word : text.split("(?<= )|(?<=[\\u2E80-\\uFFFF])|(?=[\\u2E80-\\uFFFF])")) {
			assertThat((double) TextWidth.of(word.strip())).as("a word of \"%s\"", text).isLessThanOrEqualTo(width);
			if (length + TextWidth.of(word.strip()) > width) {
				lines++;
				length = 0;
			}
			length += TextWidth.of(word);
		}
		return lines;
	}

	/** A workbook in a language. */
	private record Written(WrittenReports reports, WorkbookDefinition definition, ReportTexts texts) {

		ReadWorkbook read() {
			return ReadWorkbook.of(this.reports, this.definition.fileName());
		}

		Map<SheetDefinition, XSSFSheet> tables() {
			ReadWorkbook read = read();
			Map<SheetDefinition, XSSFSheet> sheets = new LinkedHashMap<>();
			for (SheetDefinition table : this.definition.tables()) {
				XSSFSheet sheet = read.sheet(this.texts.tab(table.name().text()));
				if (sheet != null) {
					sheets.put(table, sheet);
				}
			}
			return sheets;
		}

		/** All texts that are ours: not those of rows, and not SQL. */
		Set<String> ours() {
			Set<String> ours = new LinkedHashSet<>();
			read().workbook().forEach((sheet) -> {
				ours.add(sheet.getSheetName());
				ours.add(sheet.getHeader().getLeft().replaceAll("&(\"[^\"]*\"|.)", ""));
				ours.add(sheet.getFooter().getLeft());
				ours.add(sheet.getFooter().getRight().replace("&", ""));
			});
			Map<SheetDefinition, XSSFSheet> tables = tables();
			tables.forEach((table, sheet) -> cells(sheet).filter((cell) -> isOurs(table, cell))
				.forEach((cell) -> ours.add(cell.getStringCellValue())));
			read().workbook().forEach((sheet) -> {
				if (tables.values().stream().noneMatch((table) -> table.getSheetName().equals(sheet.getSheetName()))) {
					cells((XSSFSheet) sheet).forEach((cell) -> ours.add(cell.getStringCellValue()));
				}
			});
			ours.addAll(parts("xl/charts/chart", "<(?:a:t|c:v)>([^<]*)</"));
			ours.addAll(parts("xl/drawings/drawing", "descr=\"([^\"]*)\""));
			assertThat(ours).hasSizeGreaterThan(60);
			return ours;
		}

		/** Headers, words, and what stands in place of a name. */
		private static boolean isOurs(SheetDefinition table, Cell cell) {
			ColumnDefinition column = table.columns().get(cell.getColumnIndex());
			return cell.getRowIndex() == 0 || column.format() == ColumnFormat.WORD
					|| cell.getStringCellValue().startsWith("(");
		}

		/** Its cells with a text, before any SQL. */
		Stream<Cell> cells(XSSFSheet sheet) {
			List<Cell> cells = new ArrayList<>();
			for (Row row : sheet) {
				if (row.getCell(0) != null && row.getCell(0).getCellType() == CellType.STRING
						&& row.getCell(0).getStringCellValue().matches(".*\\bSQL\\b.*")) {
					break;
				}
				row.forEach((cell) -> {
					if (cell.getCellType() == CellType.STRING && !cell.getStringCellValue().isEmpty()) {
						cells.add(cell);
					}
				});
			}
			return cells.stream();
		}

		/** What a pattern finds in the parts of a name. */
		Set<String> parts(String name, String pattern) {
			Set<String> found = new LinkedHashSet<>();
			try (ZipFile file = new ZipFile(this.reports.directory().resolve(this.definition.fileName()).toFile())) {
				for (ZipEntry part : Collections.list(file.entries())) {
					if (part.getName().startsWith(name)) {
						String text = new String(file.getInputStream(part).readAllBytes(), StandardCharsets.UTF_8);
						Pattern.compile(pattern).matcher(text).results().forEach((match) -> found.add(match.group(1)));
					}
				}
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			return found;
		}

		@Override
		public String toString() {
			return this.reports.directory().getFileName() + ", " + this.definition.fileName();
		}

	}

}
