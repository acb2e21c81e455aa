package io.jobaudit.report;

import java.util.Set;

/**
 * A table sheet: the result of one query.
 *
 * @param name name of the sheet
 * @param query name of its query in the workbook's folder
 * @param title which rows it holds, in words
 * @param streams whether it may be too long to be held in memory
 * @param totals columns whose sum stands below the rows
 */
record SheetDefinition(String name, String query, String title, boolean streams, Set<String> totals) {

	SheetDefinition {
		totals = Set.copyOf(totals);
	}

}
