package io.jobaudit.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import io.jobaudit.RunId;
import io.jobaudit.SpreadsheetSafeText;
import io.jobaudit.TestPostgres;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** A text that a spreadsheet would run, in every place that a stranger can fill. */
@Tag("slow")
class InertReportsTest {

	private final DataSource database = TestPostgres.migratedDatabase();

	@TempDir
	private Path directory = Path.of("");

	@ParameterizedTest
	@ValueSource(strings = { "=HYPERLINK(\"https://example.invalid\",\"click\")", "=cmd|' /C calc'!A0", "@SUM(A1:A9)",
			"\t=1+1", "＝1+1" })
	void runsNowhere(String hostile) throws Exception {
		// given
		WrittenReports reports = write(seed(hostile));

		// then
		for (String name : List.of("failures.xlsx", "token-spend.xlsx")) {
			ReadWorkbook workbook = ReadWorkbook.of(reports, name);
			assertThat(workbook.cells()).noneMatch(InertReportsTest::isForeignFormula)
				.anyMatch((cell) -> cell.getCellType() == CellType.STRING
						&& cell.getStringCellValue().strip().equals(hostile.strip()));
		}
		assertThat(cells(reports, "failed-jobs.csv")).contains(SpreadsheetSafeText.of(hostile))
			.noneMatch((cell) -> cell.matches("(?s)[=+\\-@\\t\\r\\n＝].*"));
		assertThat(cells(reports, "focus-unpriced.csv")).contains(SpreadsheetSafeText.of(hostile))
			.noneMatch((cell) -> cell.matches("(?s)[=+\\-@\\t\\r\\n＝].*"));
		assertThat(cells(reports, "unreadable-ids.csv"))
			.contains(SpreadsheetSafeText.of(hostile), SpreadsheetSafeText.of(hostile + " (key)"))
			.noneMatch((cell) -> cell.matches("(?s)[=+\\-@\\t\\r\\n＝].*"));
	}

	/**
	 * Our formulas are links to another sheet or to the vendor, with texts as strings,
	 * and sums and differences of cells and columns.
	 */
	private static boolean isForeignFormula(Cell cell) {
		String term = "([A-Z]+\\d+|0|SUM\\(('[^\"|]+'|\\w+)!\\$[A-Z]+\\$\\d+:\\$[A-Z]+\\$\\d+\\))";
		return cell.getCellType() == CellType.FORMULA
				&& !cell.getCellFormula().matches("-?" + term + "([+-]" + term + ")*")
				&& !cell.getCellFormula().matches("(SUMPRODUCT\\()?SUBTOTAL\\(109,[^\"|]*(=\"[A-Z]{3}\"\\))?\\)")
				&& !cell.getCellFormula().matches("HYPERLINK\\(\"#[^\"]*\",\"([^\"]|\"\")*\"\\)")
				&& !cell.getCellFormula().matches("HYPERLINK\\(\"https://api\\.aliyun\\.com/api/ICE/[^\"]*\"\\)");
	}

	private RunId seed(String hostile) {
		Map<String, Object> job = new HashMap<>(Map.of("usage_status", "REPORTED", "total_tokens", 7));
		for (String column : List.of("job_type", "error_code", "error_message", "title", "description", "user_id",
				"user_data", "input_file", "media_id", "media_url", "request_id")) {
			job.put(column, hostile);
		}
		job.put("state", "Failed");
		RunSeed seed = new RunSeed(this.database).job("a1", "FETCHED", job);
		job.put("state", "Finished");
		RunId run = seed.job("b2", "FETCHED", job)
			.labels("a1", Map.of(hostile + " (key)", hostile))
			.item("c3", "UNREADABLE",
					Map.of("code", hostile, "message", hostile, "request_id", hostile, "labels",
							Map.of(hostile + " (key)", hostile)))
			.close();
		JdbcClient.create(this.database)
			.sql("update audit.audit_run set account = :x, region = :x, input_source = :x, version = :x")
			.param("x", hostile)
			.update();
		JdbcClient.create(this.database).sql("update audit.smart_job set account = :x").param("x", hostile).update();
		return run;
	}

	private WrittenReports write(RunId run) {
		return new ReportWriter(this.database, ReportSettings.of(this.directory, ZoneId.of("Asia/Shanghai"))).write(run,
				() -> false);
	}

	private static List<String> cells(WrittenReports reports, String name) throws IOException {
		try (CSVParser parser = CSVParser.parse(Files.readString(reports.directory().resolve(name)),
				CSVFormat.RFC4180)) {
			return parser.stream().flatMap((line) -> line.stream()).toList();
		}
	}

}
