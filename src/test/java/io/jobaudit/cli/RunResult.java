package io.jobaudit.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import javax.sql.DataSource;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * All that a run leaves but what differs from night to night: times, request ids, how
 * often the API was asked. Two runs over the same ids must leave the same.
 *
 * @param jobs rows of the jobs
 * @param items outcomes of the ids
 * @param rejected lines that are no ids
 * @param summary figures of {@code run-summary.json}
 * @param workbooks rows of every sheet
 * @param csv records of the CSV files
 */
record RunResult(List<String> jobs, List<String> items, List<String> rejected, List<String> summary,
		List<String> workbooks, List<String> csv) {

	private static final int NOTE = 3;

	private static final Set<String> VARYING = Set.of("Request id", "First seen", "Last seen", "Age", "Last asked",
			"Last new", "Run");

	/** What run 1 has left. */
	static RunResult of(DataSource database, Path reports) throws IOException {
		return of(database, reports, 1);
	}

	/** What a run has left, by its own number no other than by another one. */
	static RunResult of(DataSource database, Path reports, long run) throws IOException {
		JdbcClient jdbc = JdbcClient.create(database);
		Path directory = reports.resolve("run-" + run);
		return new RunResult(
				rows(jdbc, run,
						"""
								select (to_jsonb(j) - array['fetched_at', 'first_seen_at', 'failed_at', 'request_id', 'raw', 'first_run_id', 'last_run_id', 'failed_run_id'])::text
								  || (j.raw - 'RequestId')::text
								from audit.smart_job j join audit.audit_run r using (account)
								where r.run_id = :run order by job_id"""),
				rows(jdbc, run, """
						select (to_jsonb(i) - array['run_id', 'attempts', 'decided_at', 'request_id'])::text
						from audit.audit_item i where run_id = :run order by item_no"""), rows(jdbc, run, """
						select (to_jsonb(l) - 'run_id')::text
						from audit.audit_rejected_line l where run_id = :run order by line_no"""),
				summary(directory.resolve("run-summary.json")), workbooks(directory),
				csv(directory, "failed-jobs.csv", "focus.csv", "focus-unpriced.csv", "unreadable-ids.csv"));
	}

	/** Rows of all kinds. */
	int size() {
		return this.jobs.size() + this.items.size() + this.rejected.size() + this.workbooks.size() + this.csv.size();
	}

	private static List<String> rows(JdbcClient jdbc, long run, String sql) {
		return jdbc.sql(sql).param("run", run).query((row, number) -> row.getString(1)).list();
	}

	private static List<String> summary(Path file) {
		ObjectNode summary = (ObjectNode) JsonMapper.shared().readTree(file);
		return List.of("status", "exitCode", "outcomes", "pending", "reconciled", "jobs", "tokens")
			.stream()
			.map((name) -> name + "=" + summary.get(name))
			.toList();
	}

	private static List<String> workbooks(Path directory) throws IOException {
		List<String> rows = new ArrayList<>();
		for (String name : List.of("failures.xlsx", "token-spend.xlsx")) {
			try (InputStream in = Files.newInputStream(directory.resolve(name));
					XSSFWorkbook workbook = new XSSFWorkbook(in)) {
				workbook.forEach((sheet) -> rows.addAll(rows(sheet)));
			}
		}
		return rows;
	}

	private static List<String> rows(Sheet sheet) {
		List<String> rows = new ArrayList<>();
		// The sheets Cover, Trend, Audit and Run and the lines below a title tell when,
		// how and by which SQL.
		int title = sheet.getSheetName().equals("Summary") ? 3 : 0;
		if (!Set.of("Cover", "Trend", "Audit", "Run").contains(sheet.getSheetName())) {
			sheet.forEach((row) -> rows.add((row.getRowNum() < title) ? "" : sheet.getSheetName() + ": " + text(row)));
		}
		// Kinds that are equally frequent are in the order in which they were seen.
		if (sheet.getSheetName().equals("Still failing")) {
			Collections.sort(rows);
		}
		return rows;
	}

	private static String text(Row row) {
		DataFormatter formatter = new DataFormatter(Locale.ROOT);
		Row header = row.getSheet().getRow(0);
		// Notes of a summary tell since when a failure is seen.
		boolean isFigure = row.getSheet().getSheetName().equals("Summary");
		StringBuilder text = new StringBuilder();
		row.forEach((cell) -> {
			String column = formatter.formatCellValue(header.getCell(cell.getColumnIndex()));
			boolean varies = isFigure ? cell.getColumnIndex() == NOTE
					: VARYING.contains(column.replaceFirst(" \\(.*", ""));
			text.append(varies ? "" : formatter.formatCellValue(cell)).append('|');
		});
		return text.toString();
	}

	private static List<String> csv(Path directory, String... names) throws IOException {
		List<String> records = new ArrayList<>();
		for (String name : names) {
			CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
			try (CSVParser parser = CSVParser.parse(directory.resolve(name), StandardCharsets.UTF_8, format)) {
				parser.forEach((record) -> {
					var values = record.toMap();
					values.keySet().removeAll(VARYING);
					records.add(values.toString());
				});
			}
		}
		return records;
	}

}
