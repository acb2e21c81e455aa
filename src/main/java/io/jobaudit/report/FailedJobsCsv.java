package io.jobaudit.report;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/** The failed jobs as the workbook's sheet has them, texts uncut. */
final class FailedJobsCsv {

	private final ReportQueries queries;

	private final ZoneId zone;

	FailedJobsCsv(ReportQueries queries, ZoneId zone) {
		this.queries = queries;
		this.zone = zone;
	}

	long writeTo(OutputStream out) throws IOException {
		CSVPrinter printer = CsvText.printer(out);
		long rows = ReportTable.fill(new Lines(printer), this.queries, "failures/failed-jobs", this.zone);
		printer.flush();
		return rows;
	}

	private @Nullable String text(@Nullable Object value) {
		if (value instanceof OffsetDateTime instant) {
			return instant.atZoneSameInstant(this.zone)
				.truncatedTo(ChronoUnit.SECONDS)
				.format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
		}
		return (value instanceof String text) ? CsvText.inert(text) : (value != null) ? value.toString() : null;
	}

	/** Prints a table as lines. */
	private final class Lines implements ReportTable {

		private final CSVPrinter printer;

		Lines(CSVPrinter printer) {
			this.printer = printer;
		}

		@Override
		public void begin(List<ReportColumn> columns) {
			print(columns.stream().map(ReportColumn::header).toList());
		}

		@Override
		public void add(List<@Nullable Object> values) {
			List<@Nullable String> texts = new ArrayList<>();
			values.forEach((value) -> texts.add(text(value)));
			print(texts);
		}

		private void print(List<? extends @Nullable String> texts) {
			try {
				this.printer.printRecord(texts);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
