package io.jobaudit.report.csv;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.jobaudit.csv.CsvPrinters;
import io.jobaudit.report.subject.ReportQueries;
import io.jobaudit.report.subject.ReportQuery;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * The charges in the columns of the FinOps Open Cost and Usage Specification 1.2, one row
 * per job and per correction of a closed month. The query names the columns.
 */
public record FocusCsv(ReportQueries queries) {

	public static final String FILE_NAME = "focus.csv";

	public static ReportQuery query() {
		return ReportQuery.packaged("focus/focus");
	}

	public long writeTo(OutputStream out) throws IOException {
		CSVPrinter printer = CsvPrinters.to(out);
		long charges = this.queries.forEach(query(), (columns) -> {
			CsvText.print(printer, columns);
			return (row, number) -> line(row, columns.size());
		}, (line) -> CsvText.print(printer, line));
		printer.flush();
		return charges;
	}

	private static List<@Nullable String> line(ResultSet row, int columns) throws SQLException {
		List<@Nullable String> line = new ArrayList<>();
		for (int column = 1; column <= columns; column++) {
			Object value = row.getObject(column);
			line.add((value instanceof BigDecimal number) ? number.toPlainString()
					: CsvText.inert((value != null) ? value.toString() : null));
		}
		return line;
	}

}
