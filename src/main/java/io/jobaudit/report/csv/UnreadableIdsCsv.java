package io.jobaudit.report.csv;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.jobaudit.SpreadsheetSafeText;
import io.jobaudit.report.subject.ReportQueries;
import io.jobaudit.report.subject.ReportQuery;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The ids to fetch again, with their labels and, in columns that the next import ignores,
 * the reason.
 * <p>
 * Ids are written unchanged: the file is the next run's input, and an id that begins with
 * {@code -} is well-formed. A label that a spreadsheet would run as a formula gets a
 * quote; the next import recognizes this file by its columns and removes the quote.
 */
public record UnreadableIdsCsv(ReportQueries queries, CsvStyle style) {

	public static final String FILE_NAME = "unreadable-ids.csv";

	private static final String ID = "job_id";

	private static final List<String> OWN = List.of("audit_http_status", "audit_code", "audit_message",
			"audit_attempts");

	public long writeTo(OutputStream out) throws IOException {
		List<String> keys = this.queries.list(ReportQuery.packaged("run/label-keys"),
				(row, number) -> row.getString("key"));
		CSVPrinter printer = this.style.printer(out);
		printer.printRecord(header(keys));
		this.queries.forEach(ReportQuery.packaged("run/unreadable-ids"), (row, number) -> line(row, keys),
				(line) -> CsvText.print(printer, line));
		printer.flush();
		return printer.getRecordCount() - 1;
	}

	private static List<String> header(List<String> keys) {
		List<String> header = new ArrayList<>();
		header.add(ID);
		keys.forEach((key) -> header.add(labelHeader(key)));
		header.addAll(OWN);
		return header;
	}

	/** A label with the name of one of our own columns needs another name. */
	private static String labelHeader(String key) {
		String name = key.toLowerCase(Locale.ROOT);
		return (name.equals(ID) || OWN.contains(name)) ? "label_" + key : SpreadsheetSafeText.of(key);
	}

	private List<@Nullable String> line(ResultSet row, List<String> keys) throws SQLException {
		Map<String, Object> labels = JsonMapper.shared().readValue(row.getString("labels"), new TypeReference<>() {
		});
		List<@Nullable String> line = new ArrayList<>();
		line.add(this.style.text(row.getString("job_id")));
		keys.forEach((key) -> line.add(labels.containsKey(key)
				? this.style.text(SpreadsheetSafeText.of(String.valueOf(labels.get(key)))) : null));
		line.add(row.getString("http_status"));
		line.add(CsvText.inert(row.getString("code")));
		line.add(CsvText.inert(row.getString("message")));
		line.add(row.getString("attempts"));
		return line;
	}

}
