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
 * @param streams whether it may be too long to be held in memory
 * @param optional whether it is left out when it has no rows
 * @param csv name of the CSV file with the same rows; null for none
 * @param after name of the sheet that it follows; null for the one before it
 * @param only the kind of reports that have it; null for both
 */
public record SheetDefinition(LocatedText name, String title, LocatedText sql, boolean streams, boolean optional,
		@Nullable LocatedText csv, @Nullable LocatedText after, @Nullable ReportKind only,
		List<ColumnDefinition> columns) {

	private static final Pattern REFUSED = Pattern.compile("[\\[\\]:*?/\\\\\\p{Cntrl}]|^'|'$");

	private static final int LONGEST = 31;

	/** Leaves room for the number of a continued sheet. */
	private static final int LONGEST_STREAMED = 27;

	static SheetDefinition read(YamlValue value) {
		YamlMapping keys = value.mapping()
			.allow("name", "title", "sql", "streams", "optional", "csv", "after", "only", "columns");
		boolean streams = keys.flag("streams");
		LocatedText name = requireName(keys.require("name").text(), streams ? LONGEST_STREAMED : LONGEST);
		LocatedText sql = keys.text("sql")
			.orElseGet(() -> new LocatedText(name.text().toLowerCase(Locale.ROOT).replace(' ', '-'), name.place()));
		return new SheetDefinition(name, keys.require("title").words().text(),
				require(sql, "[A-Za-z0-9_-]+", "letters, digits, - and _"), streams, keys.flag("optional"),
				keys.text("csv")
					.map((csv) -> require(csv, "[A-Za-z0-9_-]+\\.csv", "letters, digits, - and _ that ends with .csv"))
					.orElse(null),
				keys.text("after").orElse(null), ReportKind.only(keys),
				keys.require("columns").list().stream().map(ColumnDefinition::read).toList());
	}

	/** The sheet as it is in a workbook of a run or a period. */
	SheetDefinition of(ReportKind kind) {
		return new SheetDefinition(this.name, this.title, this.sql, this.streams, this.optional, this.csv, this.after,
				this.only,
				this.columns.stream().filter((column) -> kind == ReportKind.PERIOD || !column.ofPeriod()).toList());
	}

	/** Whether no workbook has both. */
	boolean excludes(SheetDefinition other) {
		return this.only != null && other.only != null && this.only != other.only;
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

}
