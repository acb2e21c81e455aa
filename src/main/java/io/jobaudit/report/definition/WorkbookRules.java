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
		column.name().require(sheet.requireColumn(column.name()) == column, "duplicate column \"%s\"", column.name());
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
		boolean isLater = this.workbook.tables().indexOf(target) > this.workbook.tables().indexOf(sheet);
		link.sheet()
			.require(isLater && !sheet.streams(),
					"a link must lead from a sheet that does not stream to a later sheet");
	}

	private void checkChart(ChartDefinition chart) {
		SheetDefinition sheet = this.workbook.requireSheet(chart.sheet());
		chart.sheet()
			.require(!sheet.streams(), "a chart cannot show the sheet \"%s\", because it streams", sheet.name());
		sheet.requireColumn(chart.categories());
		chart.series().forEach((series) -> requireNumber(sheet, series.column()));
		if (chart.cumulative() != null) {
			requireNumber(sheet, Objects.requireNonNull(chart.cumulative()));
		}
	}

	private static void requireNumber(SheetDefinition sheet, LocatedText name) {
		ColumnFormat format = sheet.requireColumn(name).format();
		name.require(format.isNumber(), "a chart needs numbers, but the column \"%s\" has the format %s", name,
				YamlValue.name(format));
	}

}
