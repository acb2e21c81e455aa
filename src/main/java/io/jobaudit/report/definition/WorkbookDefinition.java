package io.jobaudit.report.definition;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

import io.jobaudit.report.subject.ReportQuery;
import org.jspecify.annotations.Nullable;

/**
 * A workbook: a summary with charts, table sheets, and a sheet that shows where the
 * figures come from.
 *
 * @param name folder of its files and, with {@code .xlsx}, its file
 * @param purpose what it is for, on its cover; null for no cover
 * @param queries its queries by file name without {@code .sql}
 */
public record WorkbookDefinition(String name, String title, @Nullable String purpose, List<SheetDefinition> tables,
		LocatedText detail, List<ChartDefinition> charts, Map<String, ReportQuery> queries) {

	private static final String SUMMARY = "summary";

	private static final String AUDIT = "audit";

	public WorkbookDefinition {
		tables = List.copyOf(tables);
		charts = List.copyOf(charts);
		queries = Map.copyOf(queries);
	}

	static WorkbookDefinition of(String name, WorkbookPart part, Map<String, ReportQuery> queries) {
		LocatedText title = Optional.ofNullable(part.title())
			.orElseThrow(() -> new ReportDefinitionException(part.place(), "missing key \"title\""));
		List<SheetDefinition> sheets = part.orderedSheets();
		part.place().require(!sheets.isEmpty(), "missing key \"sheets\"");
		LocatedText detail = (part.detail() != null) ? part.detail() : sheets.get(sheets.size() - 1).name();
		return new WorkbookDefinition(name, title.text(), (part.purpose() != null) ? part.purpose().text() : null,
				sheets, detail, part.charts(), queries);
	}

	/** The workbook as it is written for a run or a period. */
	public WorkbookDefinition of(ReportKind kind) {
		return new WorkbookDefinition(this.name, this.title, this.purpose,
				this.tables.stream().filter((sheet) -> kind.has(sheet.only())).map((sheet) -> sheet.of(kind)).toList(),
				this.detail, this.charts.stream().filter((chart) -> kind.has(chart.only())).toList(), this.queries);
	}

	/** The workbook whose queries have a parameter of their own. */
	public WorkbookDefinition with(String parameter, Object value) {
		return new WorkbookDefinition(this.name, this.title, this.purpose, this.tables, this.detail, this.charts,
				this.queries.entrySet()
					.stream()
					.collect(Collectors.toMap(Map.Entry::getKey, (query) -> query.getValue().with(parameter, value))));
	}

	public String fileName() {
		return this.name + ".xlsx";
	}

	public ReportQuery query(SheetDefinition sheet) {
		return Objects.requireNonNull(this.queries.get(sheet.sql().text()), () -> "no query of " + sheet.name());
	}

	@Nullable public ReportQuery summary() {
		return this.queries.get(SUMMARY);
	}

	@Nullable public ReportQuery audit() {
		return this.queries.get(AUDIT);
	}

	public boolean hasMoney() {
		return this.tables.stream()
			.flatMap((sheet) -> sheet.columns().stream())
			.anyMatch((column) -> column.format().isMoney());
	}

	/** The sheet that another part of the definition refers to. */
	public SheetDefinition requireSheet(LocatedText name) {
		return this.tables.stream()
			.filter((sheet) -> sheet.name().text().equals(name.text()))
			.findFirst()
			.orElseThrow(() -> ReportDefinitionException.unknown("sheet", name,
					this.tables.stream().map((sheet) -> sheet.name().text()).toList()));
	}

	/** Whether a sheet, the summary or the audit uses a query. */
	boolean uses(String query) {
		return query.equals(SUMMARY) || query.equals(AUDIT)
				|| this.tables.stream().anyMatch((sheet) -> sheet.sql().text().equals(query));
	}

}
