package io.jobaudit.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.apache.poi.ss.SpreadsheetVersion;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.ss.usermodel.PageMargin;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.util.AreaReference;
import org.apache.poi.xssf.usermodel.XSSFClientAnchor;
import org.apache.poi.xssf.usermodel.XSSFShape;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/** A workbook, read back. */
record ReadWorkbook(XSSFWorkbook workbook) {

	static ReadWorkbook of(WrittenReports reports, String name) {
		try (InputStream in = Files.newInputStream(reports.directory().resolve(name))) {
			return new ReadWorkbook(new XSSFWorkbook(in));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	List<String> sheetNames() {
		return stream(this.workbook).map(Sheet::getSheetName).toList();
	}

	XSSFSheet sheet(String name) {
		return this.workbook.getSheet(name);
	}

	List<String> headers(String sheet) {
		return texts(sheet(sheet).getRow(0));
	}

	/** Cells of a column as they are shown, without header and control totals. */
	List<String> column(String sheet, String header) {
		int index = headers(sheet).indexOf(header);
		return rows(sheet).stream()
			.skip(1)
			.filter((row) -> !text(row.getCell(0)).equals("Control total"))
			.map((row) -> text(row.getCell(index, Row.MissingCellPolicy.CREATE_NULL_AS_BLANK)))
			.toList();
	}

	/** Cells of some columns as they are shown, row by row, without header and totals. */
	List<String> table(String sheet, String... headers) {
		List<Integer> columns = Stream.of(headers).map(headers(sheet)::indexOf).toList();
		return rows(sheet).stream()
			.skip(1)
			.filter((row) -> !List.of("Total", "Control total", "Rounding").contains(text(row.getCell(0))))
			.map((row) -> columns.stream()
				.map((column) -> text(row.getCell(column, Row.MissingCellPolicy.CREATE_NULL_AS_BLANK)))
				.collect(Collectors.joining(" | ")))
			.toList();
	}

	/** The cell of a row in the column with the header. */
	Cell cell(String sheet, int row, String header) {
		return sheet(sheet).getRow(row).getCell(headers(sheet).indexOf(header));
	}

	/** A figure of the summary by its label. */
	String figure(String label) {
		return rows("Summary").stream()
			.filter((row) -> text(row.getCell(0)).equals(label))
			.map((row) -> text(row.getCell(1)))
			.findFirst()
			.orElseThrow();
	}

	/** The totals of a table, by header; with several currencies those without one. */
	Map<String, String> totals(String sheet) {
		return ends(sheet, "Total").get(0);
	}

	/** The totals of a table in a currency, by header. */
	Map<String, String> totals(String sheet, String currency) {
		return end(sheet, "Total", currency);
	}

	/** The row of a currency below the rows of a table, by header. */
	Map<String, String> end(String sheet, String name, String currency) {
		return ends(sheet, name).stream()
			.filter((row) -> currency.equals(row.get("Currency")))
			.findFirst()
			.orElseThrow(() -> new AssertionError("no row %s of %s in %s".formatted(name, currency, sheet)));
	}

	private List<Map<String, String>> ends(String sheet, String name) {
		List<String> headers = headers(sheet);
		return rows(sheet).stream().filter((row) -> text(row.getCell(0)).equals(name)).map((row) -> {
			Map<String, String> values = new LinkedHashMap<>();
			for (int index = 0; index < headers.size(); index++) {
				values.put(headers.get(index), text(row.getCell(index)));
			}
			return values;
		}).toList();
	}

	List<Row> rows(String sheet) {
		return stream(sheet(sheet)).toList();
	}

	List<Cell> cells() {
		List<Cell> cells = new ArrayList<>();
		this.workbook.forEach((sheet) -> sheet.forEach((row) -> row.forEach(cells::add)));
		return cells;
	}

	/** Charts of a sheet that the end of a printed page cuts. */
	static List<String> cutCharts(XSSFSheet sheet) {
		return (sheet.getDrawingPatriarch() == null) ? List.of() : stream(sheet.getDrawingPatriarch())
			.filter((chart) -> IntStream.of(sheet.getRowBreaks()).anyMatch((row) -> {
				XSSFClientAnchor place = (XSSFClientAnchor) chart.getAnchor();
				return place.getRow1() <= row && place.getRow2() > row + 1;
			}))
			.map(XSSFShape::getShapeName)
			.toList();
	}

	/** How large each sheet is printed. */
	List<Printed> printScales() {
		return stream(this.workbook).map((sheet) -> {
			if (!sheet.getFitToPage()) {
				return new Printed(sheet.getSheetName(), sheet.getPrintSetup().getScale() / 100.0);
			}
			String area = this.workbook.getPrintArea(this.workbook.getSheetIndex(sheet));
			int last = (area != null) ? new AreaReference(area, SpreadsheetVersion.EXCEL2007).getLastCell().getCol()
					: lastColumn(sheet);
			int first = (area != null) ? new AreaReference(area, SpreadsheetVersion.EXCEL2007).getFirstCell().getCol()
					: 0;
			double width = IntStream.rangeClosed(first, last).mapToDouble(sheet::getColumnWidth).sum() / 256 * 5.25;
			double page = (sheet.getPrintSetup().getLandscape() ? 841.9 : 595.3)
					- 72 * (sheet.getMargin(PageMargin.LEFT) + sheet.getMargin(PageMargin.RIGHT));
			return new Printed(sheet.getSheetName(), Math.min(scaleOfHeight(sheet), Math.min(1, page / width)));
		}).toList();
	}

	/** For sheets that are fitted to a number of pages. */
	private static double scaleOfHeight(Sheet sheet) {
		double height = stream(sheet).mapToDouble(Row::getHeightInPoints).sum();
		double page = (sheet.getPrintSetup().getLandscape() ? 595.3 : 841.9)
				- 72 * (sheet.getMargin(PageMargin.TOP) + sheet.getMargin(PageMargin.BOTTOM));
		int pages = sheet.getPrintSetup().getFitHeight();
		return (pages > 0) ? pages * page / height : 1;
	}

	private static int lastColumn(Sheet sheet) {
		return stream(sheet).mapToInt(Row::getLastCellNum).max().orElse(1) - 1;
	}

	/** Differences of the control totals, by sheet and figure. */
	Map<String, BigDecimal> differences() {
		Map<String, BigDecimal> differences = new LinkedHashMap<>();
		List<Row> rows = rows("Audit");
		int row = index(rows, "Control totals: figures in the workbook and in the database") + 2;
		while (!text(rows.get(row).getCell(0)).startsWith("SQL of")) {
			Row total = rows.get(row++);
			differences.put(String.join(", ", texts(total).subList(0, 3)),
					BigDecimal.valueOf(total.getCell(5).getNumericCellValue()).stripTrailingZeros());
		}
		return differences;
	}

	private static int index(List<Row> rows, String text) {
		for (int row = 0; row < rows.size(); row++) {
			if (text(rows.get(row).getCell(0)).equals(text)) {
				return row;
			}
		}
		throw new AssertionError("no row " + text);
	}

	private static List<String> texts(Row row) {
		return stream(row).map(ReadWorkbook::text).toList();
	}

	/** The text that a cell shows; of a formula, its cached result. */
	static String text(Cell cell) {
		DataFormatter formatter = new DataFormatter(Locale.ROOT);
		formatter.setUseCachedValuesForFormulaCells(true);
		return formatter.formatCellValue(cell);
	}

	private static <T> Stream<T> stream(Iterable<T> all) {
		return StreamSupport.stream(all.spliterator(), false);
	}

	/** The scale of a printed sheet, computed if it is fitted. */
	record Printed(String sheet, double scale) {
	}

}
