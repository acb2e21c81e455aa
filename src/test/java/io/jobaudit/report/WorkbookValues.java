package io.jobaudit.report;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import tools.jackson.databind.json.JsonMapper;

/**
 * A workbook's values as text, a line for each row, without the words that explain them.
 * <p>
 * Numbers, days, instants, booleans and targets of links are values in every sheet. Texts
 * are values in the rows of tables only, not in their headers. Words that mark a kind of
 * row are numbered in the order in which they occur in a column, and all words in place
 * of a value are the same: a rewording gives the same lines. Of the texts on Summary and
 * Audit only names are kept: Total tokens, and sheets beside their numbers.
 */
final class WorkbookValues {

	/** Columns of words, by sheet and letter. */
	private static final Set<String> WORDS = Set.of("By error code!F", "Recovered!A", "Failed jobs!E", "Completeness!A",
			"Prices!B");

	private static final String NO_VALUE = "(...)";

	private static final Pattern LINK = Pattern.compile("HYPERLINK\\(\"([^\"]*)\",.*", Pattern.DOTALL);

	private final Workbook workbook;

	private final StringBuilder lines = new StringBuilder();

	private final Map<String, Map<String, Integer>> words = new HashMap<>();

	private WorkbookValues(Workbook workbook) {
		this.workbook = workbook;
	}

	static String of(Path file) throws IOException {
		try (InputStream in = Files.newInputStream(file); Workbook workbook = new XSSFWorkbook(in)) {
			WorkbookValues values = new WorkbookValues(workbook);
			workbook.forEach(values::add);
			return values.lines.toString();
		}
	}

	private void add(Sheet sheet) {
		this.lines.append('[').append(sheet.getSheetName()).append("]\n");
		for (Row row : sheet) {
			StringJoiner values = new StringJoiner(" | ", (row.getRowNum() + 1) + ": ", "\n").setEmptyValue("");
			for (Cell cell : row) {
				String value = value(cell);
				if (!value.isEmpty()) {
					values.add(CellReference.convertNumToColString(cell.getColumnIndex()) + " " + value);
				}
			}
			this.lines.append(values);
		}
	}

	private String value(Cell cell) {
		return switch (cell.getCellType()) {
			case NUMERIC -> number(cell);
			case BOOLEAN -> String.valueOf(cell.getBooleanCellValue());
			case STRING -> text(cell);
			case FORMULA -> ((cell.getCachedFormulaResultType() == CellType.NUMERIC) ? number(cell)
					: text(cell) + " " + target(cell.getCellFormula()))
				.strip();
			default -> "";
		};
	}

	/** The target of a link, whose text is the cell's, or another formula. */
	private static String target(String formula) {
		if (formula.startsWith("HYPERLINK(\"https://")) {
			return "";
		}
		Matcher link = LINK.matcher(formula);
		return link.matches() ? "-> " + link.group(1) : "= " + formula;
	}

	private static String number(Cell cell) {
		if (DateUtil.isCellDateFormatted(cell) && !cell.getCellStyle().getDataFormatString().startsWith("[h]")) {
			return cell.getLocalDateTimeCellValue().toString();
		}
		return BigDecimal.valueOf(cell.getNumericCellValue()).stripTrailingZeros().toPlainString();
	}

	private String text(Cell cell) {
		String text = cell.getStringCellValue();
		String sheet = cell.getSheet().getSheetName();
		Row row = cell.getRow();
		if (Set.of("Cover", "Summary", "Audit").contains(sheet)) {
			return isName(cell, text) ? quoted(text) : "";
		}
		if (row.getRowNum() == 0 || isNote(row)) {
			return "";
		}
		if (text.matches("\\(.*\\)")) {
			return NO_VALUE;
		}
		String column = sheet + "!" + CellReference.convertNumToColString(cell.getColumnIndex());
		return WORDS.contains(column) ? numbered(column, text) : quoted(text);
	}

	/**
	 * Names of sheets are in the tables of the Audit sheet, which have numbers in column
	 * D.
	 */
	private boolean isName(Cell cell, String text) {
		Cell number = cell.getRow().getCell(3);
		return text.equals("Total tokens") || (cell.getColumnIndex() == 0 && this.workbook.getSheet(text) != null
				&& number != null && number.getCellType() == CellType.NUMERIC);
	}

	/** A table without rows has a note in one cell. */
	private static boolean isNote(Row row) {
		return row.getPhysicalNumberOfCells() == 1;
	}

	private String numbered(String column, String word) {
		Map<String, Integer> numbers = this.words.computeIfAbsent(column, (name) -> new HashMap<>());
		numbers.putIfAbsent(word, numbers.size() + 1);
		return "word " + numbers.get(word);
	}

	private static String quoted(String text) {
		return JsonMapper.shared().writeValueAsString(text);
	}

}
