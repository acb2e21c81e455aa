package io.jobaudit.report.openxml;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.w3c.dom.Element;

/** The parts of a sheet around its cells. */
final class SheetRules {

	/** A sheet's elements in the order of the schema. */
	private static final List<String> ORDER = List.of("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols",
			"sheetData", "sheetCalcPr", "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState",
			"dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting",
			"dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks",
			"colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing",
			"legacyDrawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst");

	private static final int MOST_HYPERLINKS = 65_530;

	private static final int LONGEST_FOOTER = 255;

	private static final int MOST_WIDTH = 255;

	private final Parts parts;

	private final BookRules book;

	private final BookRules.Sheet sheet;

	private final Faults faults;

	SheetRules(Parts parts, BookRules book, BookRules.Sheet sheet, Faults faults) {
		this.parts = parts;
		this.book = book;
		this.sheet = sheet;
		this.faults = faults;
	}

	void check() {
		this.parts.root(this.sheet.part()).ifPresent((root) -> {
			checkOrder(root);
			checkWidths(root);
			List<CellArea> filters = areas(Xml.children(root, "autoFilter"), "ref");
			checkFilters(filters);
			checkTables(root, filters);
			requireApart(areas(Xml.all(root, "mergeCell"), "ref"), "merged cells");
			checkConditions(root);
			this.faults.require(Xml.all(root, "hyperlink").size() <= MOST_HYPERLINKS, this.sheet.part(),
					"has more than %d hyperlinks", MOST_HYPERLINKS);
			Xml.child(root, "headerFooter")
				.ifPresent((footers) -> Xml.children(footers)
					.forEach((footer) -> this.faults.require(footer.getTextContent().length() <= LONGEST_FOOTER,
							this.sheet.part(), "has a footer of more than %d characters", LONGEST_FOOTER)));
		});
	}

	private void checkOrder(Element root) {
		int last = -1;
		for (Element element : Xml.children(root)) {
			int position = ORDER.indexOf(element.getLocalName());
			boolean mayRepeat = element.getLocalName().equals("conditionalFormatting");
			this.faults.require(position > last || (mayRepeat && position == last), this.sheet.part(),
					"has the element %s out of order", element.getLocalName());
			last = Math.max(last, position);
		}
	}

	private void checkWidths(Element root) {
		long last = 0;
		for (Element column : Xml.all(root, "col")) {
			long first = Xml.number(column, "min");
			this.faults.require(first > last && Xml.number(column, "max") >= first, this.sheet.part(),
					"has widths that overlap at column %d", first);
			this.faults.require(Double.parseDouble(column.getAttribute("width")) <= MOST_WIDTH, this.sheet.part(),
					"has a column wider than %d", MOST_WIDTH);
			last = Xml.number(column, "max");
		}
	}

	/** Without its hidden name some programs ignore a filter. */
	private void checkFilters(List<CellArea> filters) {
		Optional<CellArea> named = this.book.filter(this.sheet).map(BookRules.Reference::area);
		for (CellArea filter : filters) {
			this.faults.require(named.equals(Optional.of(filter)), this.sheet.part(),
					"has a filter that the hidden name _FilterDatabase does not repeat");
			this.faults.require(filter.lastRow() <= this.sheet.lastRow(), this.sheet.part(),
					"has a filter below its last row");
		}
		this.faults.require(!filters.isEmpty() || named.isEmpty(), this.sheet.part(),
				"has no filter, but the hidden name _FilterDatabase");
	}

	private void checkTables(Element root, List<CellArea> filters) {
		List<CellArea> areas = new ArrayList<>();
		for (String part : this.parts.relationships(this.sheet.part()).values()) {
			this.parts.root(part)
				.filter((table) -> table.getLocalName().equals("table"))
				.ifPresent((table) -> areas.addAll(areas(List.of(table), "ref")));
		}
		this.faults.require(Xml.all(root, "tablePart").size() == areas.size(), this.sheet.part(),
				"does not name the tables that it has");
		requireApart(areas, "tables");
		areas.forEach((table) -> this.faults.require(filters.stream().noneMatch(table::overlaps), this.sheet.part(),
				"has a table that overlaps the filter"));
	}

	private void checkConditions(Element root) {
		Set<Long> priorities = new HashSet<>();
		for (Element format : Xml.children(root, "conditionalFormatting")) {
			for (String area : format.getAttribute("sqref").split(" ")) {
				this.faults.require(CellArea.of(area).filter(CellArea::isPossible).isPresent(), this.sheet.part(),
						"has a conditional format of \"%s\", which is no place", area);
			}
			for (Element rule : Xml.children(format, "cfRule")) {
				this.faults.require(priorities.add(Xml.number(rule, "priority")), this.sheet.part(),
						"has the priority %s of conditional formats twice", rule.getAttribute("priority"));
				this.faults.require(
						!rule.hasAttribute("dxfId") || Xml.number(rule, "dxfId") < this.book.conditionalStyles(),
						this.sheet.part(), "has a conditional format whose look %s is not there",
						rule.getAttribute("dxfId"));
			}
		}
	}

	private void requireApart(List<CellArea> areas, String what) {
		for (int one = 0; one < areas.size(); one++) {
			for (int other = one + 1; other < areas.size(); other++) {
				this.faults.require(!areas.get(one).overlaps(areas.get(other)), this.sheet.part(),
						"has %s that overlap", what);
			}
		}
	}

	private List<CellArea> areas(List<Element> elements, String attribute) {
		List<CellArea> areas = new ArrayList<>();
		for (Element element : elements) {
			Optional<CellArea> area = CellArea.of(element.getAttribute(attribute)).filter(CellArea::isPossible);
			this.faults.require(area.isPresent(), this.sheet.part(), "has %s of \"%s\", which is no place",
					element.getLocalName(), element.getAttribute(attribute));
			area.ifPresent(areas::add);
		}
		return areas;
	}

}
