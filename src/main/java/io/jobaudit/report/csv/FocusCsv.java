package io.jobaudit.report.csv;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

import io.jobaudit.csv.CsvPrinters;
import io.jobaudit.report.subject.ReportQueries;
import io.jobaudit.report.subject.ReportQuery;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * The charges in the columns of the FinOps Open Cost and Usage Specification, one row per
 * job and per correction of a closed month. The query names the columns.
 */
public record FocusCsv(ReportQueries queries, FocusProperties properties, FocusPart part) {

	/** The two files: every charge is in one of them. */
	public enum FocusPart {

		/** Charges that have every value that FOCUS requires. */
		CHARGES("focus.csv"),

		/** Charges whose tokens or price are unknown, which FOCUS does not allow. */
		UNPRICED("focus-unpriced.csv");

		private final String fileName;

		FocusPart(String fileName) {
			this.fileName = fileName;
		}

		public String fileName() {
			return this.fileName;
		}

	}

	/** The query, as it is for an account. */
	public static ReportQuery query(FocusProperties properties, FocusPart part, @Nullable String account) {
		return ReportQuery.packaged("focus/focus")
			.with("complete", part == FocusPart.CHARGES)
			.with("billing_currency", properties.billingCurrency())
			.with("billing_account",
					Objects.requireNonNullElse(properties.billingAccountId(), String.valueOf(account)));
	}

	/** Writes the charges of one or more accounts into one file. */
	public static long writeAll(List<FocusCsv> accounts, OutputStream out) throws IOException {
		CSVPrinter printer = CsvPrinters.to(out);
		long charges = 0;
		for (FocusCsv account : accounts) {
			charges += account.print(printer, account == accounts.get(0));
		}
		printer.flush();
		return charges;
	}

	private long print(CSVPrinter printer, boolean withHeader) {
		FocusVersion version = this.properties.version();
		return this.queries.forEach(query(this.properties, this.part, this.queries.scope().accountName()),
				(columns) -> {
					if (withHeader) {
						CsvText.print(printer, columns.stream().filter(version::has).toList());
					}
					int[] written = IntStream.range(0, columns.size())
						.filter((index) -> version.has(columns.get(index)))
						.toArray();
					return (row, number) -> line(row, written);
				}, (line) -> CsvText.print(printer, line));
	}

	private static List<@Nullable String> line(ResultSet row, int[] columns) throws SQLException {
		List<@Nullable String> line = new ArrayList<>(columns.length);
		for (int index : columns) {
			Object value = row.getObject(index + 1);
			line.add((value instanceof BigDecimal number) ? number.toPlainString()
					: CsvText.inert((value != null) ? value.toString() : null));
		}
		return line;
	}

}
