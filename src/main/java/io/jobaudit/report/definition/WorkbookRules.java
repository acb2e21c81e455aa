package io.jobaudit.report.definition;

import java.util.Objects;

import io.jobaudit.report.definition.ColumnDefinition.LinkTarget;

/** Checks the parts of a workbook against each other. */
record WorkbookRules(WorkbookDefinition workbook) {

	void check() {
		this.workbook.tables().forEach(this::checkSheet);
		this.workbook.charts().forEach(this::checkChart);
		this.workbook.requireSheet(this.workbook.detail());
	}

	private void checkSheet(SheetDefinition sheet) {
		if (!this.workbook.queries().containsKey(sheet.sql().text())) {
			LocatedText file = new LocatedText(sheet.sql() + ".sql", sheet.sql().place());
			throw ReportDefinitionException.unknown("file", file,
					this.workbook.queries().keySet().stream().sorted().map((name) -> name + ".sql").toList());
		}
		sheet.columns().forEach((column) -> checkColumn(sheet, column));
	}

	private void checkColumn(SheetDefinition sheet, ColumnDefinition column) {
		if (sheet.requireColumn(column.name()) != column) {
			throw new ReportDefinitionException(column.name().place(),
					"duplicate column \"%s\"".formatted(column.name()));
		}
		if (column.currency() != null) {
			sheet.requireColumn(column.currency());
		}
		if (column.link() != null) {
			checkLink(sheet, column.link());
		}
	}

	/** A link can be written only after its target row. */
	private void checkLink(SheetDefinition sheet, LinkTarget link) {
		SheetDefinition target = this.workbook.requireSheet(link.sheet());
		target.requireColumn(link.column());
		if (sheet.streams() || this.workbook.tables().indexOf(target) <= this.workbook.tables().indexOf(sheet)) {
			throw new ReportDefinitionException(link.sheet().place(),
					"a link must lead from a sheet that does not stream to a later sheet");
		}
	}

	private void checkChart(ChartDefinition chart) {
		SheetDefinition sheet = this.workbook.requireSheet(chart.sheet());
		if (sheet.streams()) {
			throw new ReportDefinitionException(chart.sheet().place(),
					"a chart cannot show the sheet \"%s\", because it streams".formatted(sheet.name()));
		}
		sheet.requireColumn(chart.categories());
		chart.series().forEach((series) -> requireNumber(sheet, series.column()));
		if (chart.cumulative() != null) {
			requireNumber(sheet, Objects.requireNonNull(chart.cumulative()));
		}
	}

	private static void requireNumber(SheetDefinition sheet, LocatedText name) {
		ColumnFormat format = sheet.requireColumn(name).format();
		if (!format.isNumber()) {
			throw new ReportDefinitionException(name.place(),
					"a chart needs numbers, but the column \"%s\" has the format %s".formatted(name,
							YamlValue.name(format)));
		}
	}

}
