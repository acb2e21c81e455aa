package io.jobaudit.report;

import java.util.List;

/**
 * What a workbook holds between its first sheet, the summary, and its last, the audit.
 *
 * @param name folder of its queries and, with {@code .xlsx}, its file
 * @param title what its summary is headed with
 * @param tables its table sheets in order
 * @param detail name of the sheet whose rows are the workbook's detail rows
 * @param chart the picture on its summary
 */
record WorkbookDefinition(String name, String title, List<SheetDefinition> tables, String detail,
		ChartDefinition chart) {

	WorkbookDefinition {
		tables = List.copyOf(tables);
	}

	String fileName() {
		return this.name + ".xlsx";
	}

	String query(String sheet) {
		return this.name + "/" + sheet;
	}

}
