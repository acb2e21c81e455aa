package io.jobaudit.report.csv;

import java.io.IOException;
import java.io.OutputStream;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import io.jobaudit.ReportTexts;
import io.jobaudit.report.definition.ColumnDefinition;
import io.jobaudit.report.definition.SheetDefinition;
import io.jobaudit.report.subject.ReportQueries;
import io.jobaudit.report.subject.ReportQuery;
import io.jobaudit.report.table.ColumnSums;
import io.jobaudit.report.table.ReportTable;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/** A sheet of a workbook as CSV, with uncut texts. */
public record TableCsv(ReportQueries queries, ReportQuery query, SheetDefinition sheet, CsvStyle style) {

	public long writeTo(OutputStream out) throws IOException {
		CSVPrinter printer = this.style.printer(out);
		List<ColumnDefinition> columns = this.sheet.columns();
		ColumnSums sums = new ColumnSums(this.sheet);
		printer.printRecord(columns.stream().map((column) -> column.header(zone(), ReportTexts.EN)).toList());
		long rows = ReportTable.fill((values) -> print(printer, sums.rounded(values)), this.queries, this.query,
				columns);
		printer.flush();
		return rows;
	}

	private void print(CSVPrinter printer, List<@Nullable Object> values) {
		List<@Nullable String> texts = new ArrayList<>();
		values.forEach((value) -> texts.add(text(value)));
		CsvText.print(printer, texts);
	}

	private ZoneId zone() {
		return this.queries.scope().zone();
	}

	private @Nullable String text(@Nullable Object value) {
		if (value instanceof OffsetDateTime instant) {
			return instant.atZoneSameInstant(zone())
				.truncatedTo(ChronoUnit.SECONDS)
				.format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
		}
		return (value instanceof String text) ? this.style.text(CsvText.inert(text))
				: (value != null) ? value.toString() : null;
	}

}
