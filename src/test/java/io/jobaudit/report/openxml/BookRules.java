package io.jobaudit.report.openxml;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.w3c.dom.Element;

/** The workbook itself: names of sheets, defined names, styles. */
final class BookRules {

	private static final String PART = "xl/workbook.xml";

	private static final String STYLES = "xl/styles.xml";

	private static final int LONGEST_NAME = 31;

	private static final Pattern REFUSED = Pattern.compile("[\\[\\]:*?/\\\\\\p{Cntrl}]|^'|'$");

	private static final Pattern REFERENCE = Pattern.compile("(?:'((?:[^']|'')+)'|([A-Za-z0-9_.]+))!(.+)");

	/** Columns and rows that are printed on each page are two places. */
	private static final Pattern BETWEEN_PLACES = Pattern.compile(",(?=(?:[^']*'[^']*')*[^']*$)");

	private static final String FILTER = "_xlnm._FilterDatabase";

	private final Parts parts;

	private final Faults faults;

	private final List<Sheet> sheets = new ArrayList<>();

	/** The hidden names of filters, by the number of the sheet. */
	private final Map<Integer, Reference> filters = new TreeMap<>();

	BookRules(Parts parts, Faults faults) {
		this.parts = parts;
		this.faults = faults;
		Map<String, String> targets = parts.relationships(PART);
		parts.root(PART)
			.map((root) -> Xml.all(root, "sheet"))
			.orElse(List.of())
			.forEach((sheet) -> this.sheets.add(sheet(sheet, targets)));
	}

	void check() {
		this.faults.require(!this.sheets.isEmpty(), PART, "has no sheet");
		checkSheetNames();
		checkDefinedNames();
		checkStyles();
	}

	List<Sheet> sheets() {
		return this.sheets;
	}

	Optional<Sheet> sheet(String name) {
		return this.sheets.stream().filter((sheet) -> sheet.name().equalsIgnoreCase(name)).findFirst();
	}

	Optional<Reference> filter(Sheet sheet) {
		return Optional.ofNullable(this.filters.get(sheet.index()));
	}

	/** How many styles cells can have. */
	int cellStyles() {
		return size("cellXfs");
	}

	/** How many formats conditions can use. */
	int conditionalStyles() {
		return size("dxfs");
	}

	/**
	 * Reads a reference such as {@code 'A sheet'!$B$2}; a fault when it leads nowhere.
	 */
	Optional<Reference> reference(String place, String text) {
		Matcher reference = REFERENCE.matcher(text);
		if (!reference.matches()) {
			this.faults.add(place, "refers to \"%s\", which is no place", text);
			return Optional.empty();
		}
		String name = (reference.group(1) != null) ? reference.group(1).replace("''", "'") : reference.group(2);
		Optional<Sheet> sheet = sheet(name);
		this.faults.require(sheet.isPresent(), place, "refers to the sheet \"%s\" that is not there", name);
		Optional<CellArea> area = CellArea.of(reference.group(3)).filter(CellArea::isPossible);
		this.faults.require(area.isPresent(), place, "refers to \"%s\", which is no place", text);
		return sheet.flatMap((found) -> area.map((cells) -> new Reference(found, cells)));
	}

	private Sheet sheet(Element sheet, Map<String, String> targets) {
		String id = sheet.getAttributeNS("http://schemas.openxmlformats.org/officeDocument/2006/relationships", "id");
		String part = targets.getOrDefault(id, "");
		return new Sheet(this.sheets.size(), sheet.getAttribute("name"), part,
				this.parts.root(part).flatMap((root) -> Xml.child(root, "sheetData")).map(Sheet::used).orElse(0));
	}

	private void checkSheetNames() {
		Set<String> taken = new HashSet<>();
		for (Sheet sheet : this.sheets) {
			String name = sheet.name();
			this.faults.require(taken.add(name.toLowerCase(Locale.ROOT)), PART, "has the sheet \"%s\" twice", name);
			this.faults.require(!name.isEmpty() && name.length() <= LONGEST_NAME, PART,
					"has the sheet name \"%s\" of %d characters", name, name.length());
			this.faults.require(!REFUSED.matcher(name).find() && !name.equalsIgnoreCase("history"), PART,
					"has the sheet name \"%s\" that is refused", name);
		}
	}

	private void checkDefinedNames() {
		Set<String> taken = new HashSet<>();
		for (Element defined : this.parts.root(PART).map((root) -> Xml.all(root, "definedName")).orElse(List.of())) {
			String name = defined.getAttribute("name");
			String place = PART + ", name " + name;
			int index = defined.hasAttribute("localSheetId") ? (int) Xml.number(defined, "localSheetId") : -1;
			this.faults.require(taken.add(index + name.toLowerCase(Locale.ROOT)), place, "is there twice");
			this.faults.require(index < this.sheets.size(), place, "belongs to a sheet that is not there");
			BETWEEN_PLACES.splitAsStream(defined.getTextContent())
				.flatMap((text) -> reference(place, text).stream())
				.forEach((reference) -> {
					this.faults.require(index < 0 || reference.sheet().index() == index, place,
							"refers to another sheet than its own");
					if (name.equals(FILTER)) {
						this.faults.require(Xml.flag(defined, "hidden"), place, "is not hidden");
						this.filters.put(index, reference);
					}
				});
		}
	}

	private void checkStyles() {
		for (String kind : List.of("cellXfs", "cellStyleXfs")) {
			for (Element style : styles(kind)) {
				requireBelow(style, "fontId", size("fonts"));
				requireBelow(style, "fillId", size("fills"));
				requireBelow(style, "borderId", size("borders"));
				long format = Xml.number(style, "numFmtId");
				this.faults.require(
						format < 164 || styles("numFmts").stream()
							.anyMatch((known) -> Xml.number(known, "numFmtId") == format),
						STYLES, "has no number format %d", format);
			}
		}
	}

	private void requireBelow(Element style, String attribute, int size) {
		this.faults.require(Xml.number(style, attribute) < size, STYLES, "has no %s %s", attribute,
				style.getAttribute(attribute));
	}

	private int size(String kind) {
		return styles(kind).size();
	}

	private List<Element> styles(String kind) {
		return this.parts.root(STYLES)
			.flatMap((root) -> Xml.child(root, kind))
			.map((group) -> Xml.children(group))
			.orElse(List.of());
	}

	/**
	 * A sheet of the workbook.
	 *
	 * @param index counted from 0
	 * @param part its part
	 * @param lastRow its last row that has cells
	 */
	record Sheet(int index, String name, String part, int lastRow) {

		private static int used(Element data) {
			List<Element> rows = Xml.children(data, "row");
			return rows.isEmpty() ? 0 : (int) Xml.number(rows.get(rows.size() - 1), "r");
		}

	}

	/** Cells of a sheet. */
	record Reference(Sheet sheet, CellArea area) {

		/** Whether all of it has rows. */
		boolean isWithinRows() {
			return this.area.lastRow() <= this.sheet.lastRow();
		}

	}

}
