package io.jobaudit.report.xlsx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import io.jobaudit.report.definition.ColumnDefinition;
import io.jobaudit.report.definition.ColumnFormat;
import io.jobaudit.report.definition.SheetDefinition;
import io.jobaudit.report.table.CellLook;
import io.jobaudit.report.xlsx.ReportCell.CellText;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.util.CellReference;
import org.jspecify.annotations.Nullable;

/**
 * Links from cells to rows that are written later, as {@code HYPERLINK()} formulas: the
 * number of real hyperlinks in a sheet is limited, and they stay in memory.
 */
final class Links {

	/** Longest text in a formula. */
	private static final int LONGEST = 255;

	private static final Pattern ADDRESS = Pattern.compile("https://[a-z0-9.-]+/[!-~&&[^\"]]*");

	private final CellStyles styles;

	private final List<Link> links = new ArrayList<>();

	private final Set<Target> wanted = new HashSet<>();

	private final Map<Target, String> found = new HashMap<>();

	Links(CellStyles styles) {
		this.styles = styles;
	}

	void toSheet(Cell cell, CellLook look, String text, String sheet) {
		add(new Link(cell, look, text, new Target(sheet, null, null)));
	}

	/** A link to the first row of a sheet with the text in a column. */
	void toRow(Cell cell, String text, ColumnDefinition.LinkTarget target) {
		add(new Link(cell, CellLook.VALUE, text, new Target(target.sheet().text(), target.column().text(), text)));
	}

	/** A link to a page, if the address is one; else it stays a text. */
	void toAddress(Cell cell, String address) {
		if (address.length() <= LONGEST && ADDRESS.matcher(address).matches()) {
			cell.setCellStyle(this.styles.of(CellLook.VALUE, ColumnFormat.LINK));
			cell.setCellFormula("HYPERLINK(%s)".formatted(quoted(address)));
			cell.setCellValue(address);
		}
	}

	int[] targetColumns(SheetDefinition sheet) {
		Set<String> names = new HashSet<>();
		this.wanted.stream()
			.filter((target) -> target.sheet().equals(sheet.name().text()) && target.column() != null)
			.forEach((target) -> names.add(String.valueOf(target.column())));
		return IntStream.range(0, sheet.columns().size())
			.filter((index) -> names.contains(sheet.columns().get(index).name().text()))
			.toArray();
	}

	/** Called when a sheet begins, with its name in the workbook. */
	void begins(SheetDefinition sheet, String tab) {
		found(new Target(sheet.name().text(), null, null), tab, 0, 0);
	}

	/** Called for each row with its value in a column that links lead to. */
	void has(SheetDefinition sheet, int column, @Nullable Object value, Cell cell) {
		Target target = new Target(sheet.name().text(), sheet.columns().get(column).name().text(),
				String.valueOf(value));
		found(target, cell.getSheet().getSheetName(), cell.getRowIndex(), column);
	}

	void write() {
		this.links.forEach(this::write);
	}

	private void add(Link link) {
		this.links.add(link);
		this.wanted.add(link.target());
	}

	private void found(Target target, String tab, int row, int column) {
		if (this.wanted.contains(target)) {
			this.found.putIfAbsent(target, new CellReference(tab, row, column, false, false).formatAsString());
		}
	}

	/** Without a target, or with characters that no formula has, it stays a text. */
	private void write(Link link) {
		String text = link.text();
		String reference = this.found.get(link.target());
		if (reference != null && text.length() <= LONGEST && CellText.isPlain(text)) {
			link.cell().setCellStyle(this.styles.of(link.look(), ColumnFormat.LINK));
			link.cell().setCellFormula("HYPERLINK(%s,%s)".formatted(quoted("#" + reference), quoted(text)));
			link.cell().setCellValue(text);
		}
	}

	static String quoted(String text) {
		return '"' + text.replace("\"", "\"\"") + '"';
	}

	private record Link(Cell cell, CellLook look, String text, Target target) {
	}

	/** The target of a link: a sheet, or its row with a value in a column. */
	private record Target(String sheet, @Nullable String column, @Nullable String value) {
	}

}
