package io.jobaudit.report.openxml;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.w3c.dom.Element;

/** A sheet's rows and cells: their order and contents. */
final class CellRules {

	private static final int LONGEST_TEXT = 32_767;

	private static final int LONGEST_IN_FORMULA = 255;

	/**
	 * Our formulas are sums, differences, and links to a cell, with a text, or to a page.
	 */
	private static final Pattern SUM = Pattern
		.compile("SUBTOTAL\\(109,.+\\)|SUMPRODUCT\\(SUBTOTAL\\(109,OFFSET\\(.+\\)");

	/** A check of the summary: a difference of cells and sums of columns. */
	private static final Pattern CHECK = Pattern.compile("-?TERM([+-]TERM)*".replace("TERM",
			"(?:[A-Z]+\\d+|0|SUM\\(('[^\"|]+'|\\w+)!\\$[A-Z]+\\$\\d+:\\$[A-Z]+\\$\\d+\\))"));

	private static final Pattern AREA = Pattern
		.compile("(?:'(?:[^']|'')+'|[A-Za-z0-9_.]+)!\\$[A-Z]+\\$\\d+:\\$[A-Z]+\\$\\d+");

	private static final Pattern LINK = Pattern.compile("HYPERLINK\\(\"#((?:[^\"]|\"\")+)\",\"((?:[^\"]|\"\")*)\"\\)");

	/** An escape that a spreadsheet reads as the character of that number. */
	private static final Pattern ESCAPE = Pattern.compile("_x([0-9A-Fa-f]{4})_");

	private final Parts parts;

	private final BookRules book;

	private final BookRules.Sheet sheet;

	private final Faults faults;

	private final List<Element> sharedTexts;

	private final Optional<CellArea> dimension;

	CellRules(Parts parts, BookRules book, BookRules.Sheet sheet, Faults faults) {
		this.parts = parts;
		this.book = book;
		this.sheet = sheet;
		this.faults = faults;
		this.sharedTexts = parts.root("xl/sharedStrings.xml").map((root) -> Xml.children(root, "si")).orElse(List.of());
		this.dimension = parts.root(sheet.part())
			.flatMap((root) -> Xml.child(root, "dimension"))
			.flatMap((dimension) -> CellArea.of(dimension.getAttribute("ref")));
	}

	void check() {
		List<Element> rows = this.parts.root(this.sheet.part())
			.flatMap((root) -> Xml.child(root, "sheetData"))
			.map((data) -> Xml.children(data, "row"))
			.orElse(List.of());
		long last = 0;
		for (Element row : rows) {
			long number = Xml.number(row, "r");
			this.faults.require(number > last, this.sheet.part(), "has the row %s out of order", row.getAttribute("r"));
			this.faults.require(number <= CellArea.MAX_ROW, this.sheet.part(), "has the row %d below the last possible",
					number);
			checkCells(row, number);
			last = number;
		}
	}

	private void checkCells(Element row, long number) {
		int last = 0;
		for (Element cell : Xml.children(row, "c")) {
			String reference = cell.getAttribute("r");
			String place = this.sheet.part() + ", " + reference;
			Optional<CellArea> area = CellArea.of(reference);
			int column = area.map(CellArea::firstColumn).orElse(0);
			this.faults.require(area.isPresent() && area.get().firstRow() == number, place, "is not in its row");
			this.faults.require(column > last, place, "is out of order");
			this.faults.require(column <= CellArea.MAX_COLUMN, place, "is right of the last possible column");
			this.faults.require(
					area.isEmpty() || this.dimension.filter((known) -> known.contains(area.get())).isPresent(), place,
					"is outside of the sheet's dimension");
			this.faults.require(Xml.number(cell, "s") < this.book.cellStyles(), place,
					"has the style %s that is not there", cell.getAttribute("s"));
			checkContent(cell, place);
			last = column;
		}
	}

	private void checkContent(Element cell, String place) {
		String value = Xml.child(cell, "v").map(Element::getTextContent).orElse("");
		Optional<Element> formula = Xml.child(cell, "f");
		switch (cell.getAttribute("t")) {
			case "", "n" ->
				this.faults.require(value.isEmpty() || isNumber(value), place, "holds \"%s\" as a number", value);
			case "s" -> checkShared(value, place);
			case "inlineStr" -> Xml.child(cell, "is").ifPresent((text) -> checkText(text.getTextContent(), place));
			case "str" -> {
				this.faults.require(formula.isPresent(), place, "has the result of a formula, but none");
				checkText(value, place);
			}
			default -> this.faults.add(place, "has the type %s, which we do not write", cell.getAttribute("t"));
		}
		formula.ifPresent((found) -> checkFormula(found.getTextContent(), value, place));
	}

	private void checkShared(String index, String place) {
		boolean isKnown = index.matches("\\d{1,9}") && Integer.parseInt(index) < this.sharedTexts.size();
		this.faults.require(isKnown, place, "has the shared text %s that is not there", index);
		if (isKnown) {
			checkText(this.sharedTexts.get(Integer.parseInt(index)).getTextContent(), place);
		}
	}

	private void checkText(String text, String place) {
		this.faults.require(text.length() <= LONGEST_TEXT, place, "holds a text of %d characters", text.length());
		Matcher escape = ESCAPE.matcher(text);
		while (escape.find()) {
			this.faults.require(escape.group(1).equals("005F"), place, "holds %s, which is read as one character",
					escape.group());
		}
	}

	private void checkFormula(String formula, String value, String place) {
		if (formula.equals("HYPERLINK(\"" + value + "\")") && value.matches("https://[!-~&&[^\"]]{1,240}")) {
			return;
		}
		if (SUM.matcher(formula).matches() || CHECK.matcher(formula).matches()) {
			this.faults.require(isNumber(value), place, "has a sum without a number");
			Matcher area = AREA.matcher(formula);
			while (area.find()) {
				this.book.reference(place, area.group())
					.ifPresent((rows) -> this.faults.require(rows.isWithinRows(), place,
							"adds up rows below the last of \"%s\"", rows.sheet().name()));
			}
			return;
		}
		Matcher link = LINK.matcher(formula);
		if (!link.matches()) {
			this.faults.add(place, "has the formula %s, which we did not write", formula);
			return;
		}
		this.faults.require(!value.isEmpty(), place, "has a formula without a value");
		this.faults.require(value.isEmpty() || value.equals(link.group(2).replace("\"\"", "\"")), place,
				"has a formula whose value is another");
		this.faults.require(link.group(2).length() <= LONGEST_IN_FORMULA, place, "has a text too long for a formula");
		this.book.reference(place, link.group(1).replace("\"\"", "\""))
			.ifPresent((target) -> this.faults.require(target.isWithinRows(), place,
					"leads below the last row of \"%s\"", target.sheet().name()));
	}

	private static boolean isNumber(String value) {
		return value.matches("-?\\d+(\\.\\d+)?(E[+-]?\\d{1,3})?");
	}

}
