package io.jobaudit.report.csv;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import io.jobaudit.ReportTexts;
import io.jobaudit.SpreadsheetSafeText;
import io.jobaudit.csv.CsvPrinters;
import io.jobaudit.report.definition.LocatedText;
import io.jobaudit.report.definition.SheetDefinition;
import io.jobaudit.report.subject.ReportQueries;
import io.jobaudit.report.subject.ReportQuery;
import io.jobaudit.report.subject.ReportSubject;
import io.jobaudit.report.table.ColumnSums;
import io.jobaudit.report.table.ReportTable;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sheet Booking as lines of a journal: what is booked, debited and credited. */
public final class JournalCsv {

	public static final String FILE_NAME = "journal.csv";

	/** The workbook of the sheet that it shows. */
	public static final String WORKBOOK = "token-spend";

	public static final String SHEET = "Booking";

	private static final Logger LOG = LoggerFactory.getLogger(JournalCsv.class);

	private static final List<String> HEADER = List.of("Date", "Month", "Account", "Cost centre", "Currency", "Debit",
			"Credit", "Text");

	private final ReportQueries queries;

	private final ReportQuery query;

	private final SheetDefinition sheet;

	private final AccountsMap accounts;

	private final ColumnSums sums;

	private final Set<String> unmapped = new TreeSet<>();

	public JournalCsv(ReportQueries queries, ReportQuery query, SheetDefinition sheet, AccountsMap accounts) {
		this.queries = queries;
		this.query = query;
		this.sheet = sheet;
		this.accounts = accounts;
		this.sums = new ColumnSums(sheet);
	}

	/** Writes two lines for each amount, and returns the number of lines. */
	public long writeTo(OutputStream out, ReportSubject subject) throws IOException {
		CSVPrinter printer = CsvPrinters.to(out);
		printer.printRecord(HEADER);
		ReportTable.fill((values) -> print(printer, this.sums.add(values)), this.queries, this.query,
				this.sheet.columns());
		String month = lastMonth(subject);
		for (String currency : this.sums.currencies()) {
			ColumnSums.SumRow rounding = this.sums.rounding(currency);
			if (rounding != null) {
				print(printer, rounding.values(), month, ReportTexts.EN.text("table.rounding"));
			}
		}
		printer.flush();
		if (!this.unmapped.isEmpty()) {
			LOG.warn(
					"{}: no accounts for {}; add a line for each, or one for *, to the file of audit.booking.accounts-map",
					FILE_NAME, String.join(", ", this.unmapped));
		}
		return printer.getRecordCount() - 1;
	}

	private void print(CSVPrinter printer, List<@Nullable Object> row) {
		print(printer, row, String.valueOf(value(row, "Month")), String.valueOf(value(row, "Cost centre")));
	}

	private void print(CSVPrinter printer, List<@Nullable Object> row, String month, String costCentre) {
		if (value(row, "Booked") instanceof BigDecimal amount && amount.signum() != 0) {
			AccountsMap.Accounts of = this.accounts.of(costCentre).orElse(null);
			if (of == null) {
				this.unmapped.add(costCentre);
			}
			List<@Nullable String> rest = Arrays.asList(SpreadsheetSafeText.of(costCentre),
					String.valueOf(value(row, "Currency")));
			String absolute = amount.abs().toPlainString();
			boolean isDebit = amount.signum() > 0;
			line(printer, month, (of != null) ? of.debit() : null, rest, isDebit ? absolute : null,
					isDebit ? null : absolute);
			line(printer, month, (of != null) ? of.credit() : null, rest, isDebit ? null : absolute,
					isDebit ? absolute : null);
		}
	}

	private static void line(CSVPrinter printer, String month, @Nullable String account, List<@Nullable String> rest,
			@Nullable String debit, @Nullable String credit) {
		CsvText.print(printer, Arrays.asList(YearMonth.parse(month).atEndOfMonth().toString(), month, account,
				rest.get(0), rest.get(1), debit, credit, "Smart jobs " + month));
	}

	private @Nullable Object value(List<@Nullable Object> row, String column) {
		return row.get(this.sheet.index(new LocatedText(column, this.sheet.name().place())));
	}

	/** Amounts are rounded for the period as a whole. */
	private static String lastMonth(ReportSubject subject) {
		LocalDate end = LocalDate.ofInstant(Objects.requireNonNull(subject.scope().to(), "a period has an end"),
				subject.scope().zone());
		return YearMonth.from(end.minusDays(1)).toString();
	}

}
