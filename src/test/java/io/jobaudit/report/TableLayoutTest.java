package io.jobaudit.report;

import java.nio.file.Path;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.jobaudit.ReportTexts;
import io.jobaudit.RunId;
import io.jobaudit.TestPostgres;
import io.jobaudit.report.definition.ColumnDefinition;
import io.jobaudit.report.definition.ColumnFormat;
import io.jobaudit.report.definition.ReportKind;
import io.jobaudit.report.definition.SheetDefinition;
import io.jobaudit.report.definition.WorkbookDefinition;
import io.jobaudit.report.definition.Workbooks;
import io.jobaudit.report.subject.ReportPeriod;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.HorizontalAlignment;
import org.apache.poi.ss.usermodel.PrintSetup;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Rules for every table sheet of every workbook. */
class TableLayoutTest {

	private static final ZoneId ZONE = ZoneId.of("America/Argentina/Buenos_Aires");

	/** Width of a column that the button of its filter covers. */
	private static final int FILTER_BUTTON = 2;

	@TempDir
	private static Path directory;

	private static List<Table> tables;

	@BeforeAll
	static void writeAndReadBack() {
		DataSource database = TestPostgres.migratedDatabase();
		RunId run = RealisticRun.seed(database, 1_500);
		// the most that a cell holds as a number
		RunId large = new RunSeed(database).spent("large", "TextGenerate", 999_999_999_999_999L, "2026-09-01T00:00:00Z")
			.failed("failed", "TextGenerate", "Quota", "no")
			.unreadable(1)
			.close();
		ReportWriter writer = new ReportWriter(database, ReportSettings.of(directory, ZONE));
		List<WrittenReports> written = List.of(writer.write(run, () -> false), writer.write(large, () -> false),
				writer.write(ReportPeriod.of(YearMonth.of(2026, 10)), RunSeed.ACCOUNT, () -> false));
		tables = new ArrayList<>();
		for (WrittenReports reports : written) {
			for (WorkbookDefinition workbook : Workbooks.load(Path.of("no-such-directory"), Set.of())) {
				ReadWorkbook read = ReadWorkbook.of(reports, workbook.fileName());
				String name = String.valueOf(reports.directory().getFileName());
				workbook.of(name.startsWith("run-") ? ReportKind.RUN : ReportKind.PERIOD)
					.tables()
					.stream()
					.filter((table) -> read.sheet(table.name().text()) != null)
					.forEach((table) -> tables.add(new Table(name, workbook.name(), table, read)));
			}
		}
	}

	static Stream<Table> tables() {
		return tables.stream();
	}

	@ParameterizedTest
	@MethodSource("tables")
	void theHeaderIsFrozenAndFilteredAndRepeatedOnEachPage(Table table) {
		XSSFSheet sheet = table.sheet();
		assertThat(sheet.getPaneInformation().isFreezePane()).isTrue();
		assertThat(sheet.getPaneInformation().getHorizontalSplitPosition()).isEqualTo((short) 1);
		assertThat(sheet.getPaneInformation().getVerticalSplitPosition()).isEqualTo((short) 1);
		String rows = "A1:" + new CellReference(table.lastRow(), table.columns().size() - 1).formatAsString();
		if (table.definition().form().table() != null) {
			assertThat(sheet.getTables()).singleElement()
				.satisfies((excel) -> assertThat(excel.getCTTable().getAutoFilter().getRef()).isEqualTo(rows));
		}
		else {
			assertThat(sheet.getCTWorksheet().getAutoFilter().getRef()).as("all rows but the totals").isEqualTo(rows);
		}
		assertThat(sheet.getRepeatingRows().formatAsString()).isEqualTo("1:1");
	}

	@ParameterizedTest
	@MethodSource("tables")
	void aPageIsA4LandscapeAndAsWideAsTheTableOrHasItsFirstColumn(Table table) {
		PrintSetup print = table.sheet().getPrintSetup();
		assertThat(print.getPaperSize()).isEqualTo(PrintSetup.A4_PAPERSIZE);
		assertThat(print.getLandscape()).isTrue();
		if (table.sheet().getFitToPage()) {
			assertThat(print.getFitWidth()).isEqualTo((short) 1);
			assertThat(print.getFitHeight()).as("as many pages as it takes").isZero();
		}
		else {
			assertThat(table.sheet().getRepeatingColumns().formatAsString()).as("on pages side by side")
				.isEqualTo("A:A");
			assertThat(print.getLeftToRight()).isTrue();
		}
		boolean isEmpty = ReadWorkbook.text(table.sheet().getRow(1).getCell(0)).equals("No rows");
		String area = "$A$1:$%s$%d".formatted(CellReference.convertNumToColString(table.columns().size() - 1),
				table.sheet().getLastRowNum() + 1);
		assertThat(table.read().workbook().getPrintArea(table.read().workbook().getSheetIndex(table.sheet())))
			.endsWith((table.definition().form().isPrinted() && !isEmpty) ? "!" + area : "!$XFD$1:$XFD$1");
		assertThat(table.sheet().getHeader().getLeft()).as("title, account and zone on each page")
			.contains(ReportTexts.EN.resolve(table.definition().title()), "account default", "days in " + ZONE.getId());
	}

	@ParameterizedTest
	@MethodSource("tables")
	void numbersStandRightWithTheirSeparatorsAndAllElseLeft(Table table) {
		for (Cell cell : table.cells()) {
			ColumnFormat format = table.columns().get(cell.getColumnIndex()).format();
			ColumnFormat shown = table.isTotal(cell) ? format.ofSum() : format;
			assertThat(cell.getCellStyle().getAlignment()).as("alignment of %s", cell.getAddress())
				.isEqualTo(format.isNumber() ? HorizontalAlignment.RIGHT : HorizontalAlignment.LEFT);
			assertThat(cell.getCellStyle().getDataFormatString()).as("format of %s", cell.getAddress())
				.isEqualTo(pattern(shown));
		}
	}

	@ParameterizedTest
	@MethodSource("tables")
	void numbersAndDaysAreNoTexts(Table table) {
		for (Cell cell : table.cells()) {
			ColumnFormat format = table.columns().get(cell.getColumnIndex()).format();
			boolean isText = format == ColumnFormat.TEXT || format == ColumnFormat.WORD || format == ColumnFormat.ID
					|| format == ColumnFormat.LINK || format == ColumnFormat.URL;
			if (isText || table.isTotal(cell)) {
				assertThat(cell.getCellType()).as("type of %s", cell.getAddress())
					.isIn(CellType.STRING, CellType.FORMULA, CellType.BLANK, CellType.NUMERIC);
			}
			else {
				assertThat(cell.getCellType()).as("type of %s", cell.getAddress())
					.isIn(CellType.NUMERIC, CellType.BLANK);
			}
		}
	}

	@ParameterizedTest
	@MethodSource("tables")
	void eachColumnIsWideEnoughForItsNumbersAndForItsHeaderInTwoLines(Table table) {
		for (int column = 0; column < table.columns().size(); column++) {
			double width = table.sheet().getColumnWidth(column) / 256.0;
			String header = table.sheet().getRow(0).getCell(column).getStringCellValue();
			assertThat(lines(header, width - FILTER_BUTTON)).as("lines of the header \"%s\"", header)
				.isLessThanOrEqualTo(2);
		}
		for (Cell cell : table.cells()) {
			if (cell.getCellType() == CellType.NUMERIC) {
				assertThat(table.sheet().getColumnWidth(cell.getColumnIndex()) / 256.0)
					.as("width of %s for %s", cell.getAddress(), ReadWorkbook.text(cell))
					.isGreaterThanOrEqualTo(ReadWorkbook.text(cell).length() + 1);
			}
		}
	}

	/** The number format that a finance analyst expects. */
	private static String pattern(ColumnFormat format) {
		return switch (format) {
			case TEXT, WORD, ID, LINK, URL -> "@";
			case COUNT, TOKENS -> "#,##0";
			case DECIMAL -> "#,##0.00";
			case MONEY -> "#,##0.00;[Red]-#,##0.00";
			case PRICE -> "#,##0.00##########;[Red]-#,##0.00##########";
			case PERCENT -> "0.0%";
			case INSTANT -> "yyyy-mm-dd hh:mm:ss";
			case DATE -> "yyyy-mm-dd";
			case DURATION -> "[h]:mm:ss";
		};
	}

	private static int lines(String text, double width) {
		int lines = 1;
		int length = 0;
		for (String word : text.split(" ")) {
			assertThat((double) word.length()).as("a word of \"%s\"", text).isLessThanOrEqualTo(width);
			boolean fits = length == 0 || length + 1 + word.length() <= width;
			lines += fits ? 0 : 1;
			length = fits ? length + ((length == 0) ? 0 : 1) + word.length() : word.length();
		}
		return lines;
	}

	/** A table sheet as it was written. */
	private record Table(String reports, String workbook, SheetDefinition definition, ReadWorkbook read) {

		List<ColumnDefinition> columns() {
			return this.definition.columns();
		}

		XSSFSheet sheet() {
			return this.read.sheet(this.definition.name().text());
		}

		/** The last row before the totals, or before the note that the table is empty. */
		int lastRow() {
			if (isEmpty()) {
				return 0;
			}
			int last = sheet().getLastRowNum();
			while (List.of("Total", "Control total").contains(ReadWorkbook.text(sheet().getRow(last).getCell(0)))) {
				last--;
			}
			return last;
		}

		private boolean isEmpty() {
			return sheet().getLastRowNum() == 1 && sheet().getRow(1).getLastCellNum() == 1;
		}

		boolean isTotal(Cell cell) {
			return cell.getRowIndex() > lastRow();
		}

		/** Cells below the header, if it has rows. */
		List<Cell> cells() {
			List<Cell> cells = new ArrayList<>();
			sheet().forEach((row) -> row.forEach(cells::add));
			return cells.stream().filter((cell) -> cell.getRowIndex() > 0 && !isEmpty()).toList();
		}

		@Override
		public String toString() {
			return "%s, %s, %s".formatted(this.reports, this.workbook, this.definition.name());
		}

	}

}
