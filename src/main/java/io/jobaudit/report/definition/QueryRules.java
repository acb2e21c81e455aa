package io.jobaudit.report.definition;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import javax.sql.DataSource;

import io.jobaudit.report.subject.ReportQuery;
import io.jobaudit.report.subject.ReportScope;

/** Checks the reports' queries with the database, without executing them. */
public final class QueryRules {

	private static final Set<String> KEY_FIGURE = Set.of("section", "label", "amount", "share", "note", "is_check");

	private static final Set<String> KEY_FIGURE_OPTIONS = Set.of("format", "currency", "link");

	private static final Set<String> CONTROL_TOTAL = Set.of("sheet", "figure", "basis", "recomputed");

	private final QueryCheck check;

	public QueryRules(DataSource dataSource, ReportScope scope) {
		this.check = new QueryCheck(dataSource, scope);
	}

	/** Called in a read-only transaction. */
	public void check(WorkbookDefinition workbook) {
		workbook.tables().forEach((sheet) -> checkColumns(sheet, workbook.query(sheet)));
		ReportQuery summary = workbook.summary();
		if (summary != null) {
			checkColumns(summary, KEY_FIGURE, KEY_FIGURE_OPTIONS);
		}
		ReportQuery audit = workbook.audit();
		if (audit != null) {
			checkColumns(audit, CONTROL_TOTAL, Set.of());
		}
	}

	/** Also called in a read-only transaction, for a query with any columns. */
	public void check(ReportQuery query) {
		this.check.columnTypes(query);
	}

	private void checkColumns(SheetDefinition sheet, ReportQuery query) {
		Map<String, String> types = this.check.columnTypes(query);
		for (ColumnDefinition column : sheet.columns()) {
			String type = types.get(column.name().text());
			if (type == null) {
				throw ReportDefinitionException.unknownColumn(column.name(), query.file(), types.keySet());
			}
			requireType(column, type, query);
		}
		types.keySet()
			.forEach((name) -> sheet.name()
				.require(sheet.has(name), "the sheet \"%s\" does not list the column \"%s\" of %s", sheet.name(), name,
						query.file()));
	}

	private static String names(Set<String> columns) {
		return String.join(", ", new TreeSet<>(columns));
	}

	private static void requireType(ColumnDefinition column, String type, ReportQuery query) {
		Set<String> takes = column.format().types();
		column.name()
			.require(takes.isEmpty() || takes.contains(type),
					"the format %s takes %s, but the column \"%s\" of %s has the type %s",
					YamlValue.name(column.format()), names(takes), column.name(), query.file(), type);
	}

	private void checkColumns(ReportQuery query, Set<String> wanted, Set<String> optional) {
		SqlText.of(query).references().forEach(LocatedText::resolved);
		Set<String> found = this.check.columnTypes(query).keySet();
		Set<String> known = new TreeSet<>(wanted);
		known.addAll(optional);
		SourceLocation.of(query.file())
			.require(found.containsAll(wanted) && known.containsAll(found), "expected the columns %s%s, but found %s",
					names(wanted), optional.isEmpty() ? "" : " and optionally " + names(optional), names(found));
	}

}
