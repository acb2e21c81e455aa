package io.jobaudit.report.definition;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import io.jobaudit.report.definition.YamlValue.YamlMapping;
import org.jspecify.annotations.Nullable;

/**
 * A table sheet: the result of one query.
 *
 * @param title what its rows are, in words
 * @param sql file of its query without {@code .sql}
 * @param csv name of the CSV file with the same rows; null for none
 * @param after name of the sheet that it follows; null for the one before it
 */
public record SheetDefinition(LocatedText name, String title, LocatedText sql, Form form, @Nullable LocatedText csv,
		@Nullable LocatedText after, List<ColumnDefinition> columns) {

	private static final Pattern REFUSED = Pattern.compile("[\\[\\]:*?/\\\\\\p{Cntrl}]|^'|'$");

	private static final int LONGEST = 31;

	/** Leaves room for the number of a continued sheet. */
	private static final int LONGEST_STREAMED = 27;

	static SheetDefinition read(YamlValue value) {
		YamlMapping keys = value.mapping()
			.allow("name", "title", "sql", "streams", "optional", "only", "table", "printed", "csv", "after",
					"columns");
		Form form = Form.read(keys);
		LocatedText name = requireName(keys.require("name").text(), form.streams() ? LONGEST_STREAMED : LONGEST);
		LocatedText sql = keys.text("sql")
			.orElseGet(() -> new LocatedText(name.text().toLowerCase(Locale.ROOT).replace(' ', '-'), name.place()));
		return new SheetDefinition(name, keys.require("title").words().text(),
				require(sql, "[A-Za-z0-9_-]+", "letters, digits, - and _"), form,
				keys.text("csv")
					.map((csv) -> require(csv, "[A-Za-z0-9_-]+\\.csv", "letters, digits, - and _ that ends with .csv"))
					.orElse(null),
				keys.text("after").orElse(null),
				keys.require("columns").list().stream().map(ColumnDefinition::read).toList());
	}

	/** The sheet as it is in a workbook of a run or a period. */
	SheetDefinition of(ReportKind kind) {
		return new SheetDefinition(this.name, this.title, this.sql, this.form, this.csv, this.after,
				this.columns.stream().filter((column) -> kind == ReportKind.PERIOD || !column.ofPeriod()).toList());
	}

	/** Whether no workbook has both. */
	boolean excludes(SheetDefinition other) {
		return only() != null && other.only() != null && only() != other.only();
	}

	public boolean streams() {
		return this.form.streams();
	}

	@Nullable ReportKind only() {
		return this.form.only();
	}

	public boolean optional() {
		return this.form.optional();
	}

	boolean has(String name) {
		return this.columns.stream().anyMatch((column) -> column.name().text().equals(name));
	}

	/** The column that another part of the definition refers to. */
	public ColumnDefinition requireColumn(LocatedText name) {
		return this.columns.stream()
			.filter((column) -> column.name().text().equals(name.text()))
			.findFirst()
			.orElseThrow(() -> ReportDefinitionException.unknownColumn(name, "the sheet \"%s\"".formatted(this.name),
					this.columns.stream().map((column) -> column.name().text()).toList()));
	}

	public int index(LocatedText column) {
		return this.columns.indexOf(requireColumn(column));
	}

	private static LocatedText requireName(LocatedText name, int longest) {
		name.require(name.text().length() <= longest,
				"expected a sheet name of at most %d characters, but \"%s\" has %d", longest, name,
				name.text().length());
		name.require(!REFUSED.matcher(name.text()).find(),
				"expected a sheet name without []:*?/\\ and without ' at either end, but found \"%s\"", name);
		name.require(!Set.of("summary", "audit", "history").contains(name.text().toLowerCase(Locale.ROOT)),
				"the sheet name \"%s\" is reserved", name);
		return name;
	}

	private static LocatedText require(LocatedText name, String pattern, String expected) {
		name.require(name.text().matches(pattern), "expected a file name of %s, but found \"%s\"", expected, name);
		return name;
	}

	/**
	 * What becomes of the rows.
	 *
	 * @param streams whether there may be too many to be held in memory
	 * @param optional whether the sheet is left out when there are none
	 * @param only the kind of reports that have the sheet; null for both
	 * @param isPrinted whether the sheet is printed with the others
	 * @param table name of the Excel table that they are; null for none
	 */
	public record Form(boolean streams, boolean optional, @Nullable ReportKind only, boolean isPrinted,
			@Nullable String table) {

		private static Form read(YamlMapping keys) {
			return new Form(keys.flag("streams"), keys.flag("optional"), ReportKind.only(keys),
					keys.find("printed").map(YamlValue::flag).orElse(true),
					keys.text("table").map(Form::requireTable).orElse(null));
		}

		private static String requireTable(LocatedText name) {
			name.require(name.text().matches("[A-Za-z_]{4}[A-Za-z0-9_]*"),
					"expected a table name of four letters and then letters, digits and _, but found \"%s\"", name);
			return name.text();
		}

	}

}
