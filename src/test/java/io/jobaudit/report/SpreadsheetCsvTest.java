package io.jobaudit.report;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import io.jobaudit.ReportTexts;
import io.jobaudit.RunId;
import io.jobaudit.TestPostgres;
import io.jobaudit.csv.CsvLine;
import io.jobaudit.csv.CsvReader;
import io.jobaudit.report.subject.ReportProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * CSV files that a spreadsheet opens correctly and that can still be a list of ids.
 */
class SpreadsheetCsvTest {

	private static final byte[] BYTE_ORDER_MARK = "\uFEFF".getBytes(StandardCharsets.UTF_8);

	@TempDir
	private Path directory = Path.of("");

	@Test
	void idsKeepAllDigitsInASpreadsheetAndAreTheSameIdsForTheNextRun() throws Exception {
		// given ids and labels that a spreadsheet would take for numbers
		DataSource database = TestPostgres.migratedDatabase();
		List<String> ids = List.of("1974526429123456", "0012", "12345e67", "a1", "-1");
		RunSeed seed = new RunSeed(database);
		ids.forEach((id) -> seed.item(id, "UNREADABLE",
				Map.of("labels", Map.of("user", "1974526429123457", "team", "市场部"))));
		RunId run = seed
			.job("f1", "FETCHED",
					Map.of("state", "Failed", "job_type", "ASR", "usage_status", "ABSENT", "user_id",
							"1974526429123458", "error_message", "内容审核未通过"))
			.close();
		// when
		Path plain = write(database, run, false);
		Path marked = write(database, run, true);
		// then
		for (String file : List.of("failed-jobs.csv", "unreadable-ids.csv")) {
			assertThat(Files.readAllBytes(marked.resolve(file))).startsWith(BYTE_ORDER_MARK);
			assertThat(Files.readAllBytes(plain.resolve(file))[0]).isNotEqualTo(BYTE_ORDER_MARK[0]);
			assertThat(lines(marked.resolve(file))).as("what a list of ids has").isEqualTo(lines(plain.resolve(file)));
		}
		assertThat(Files.readString(marked.resolve("unreadable-ids.csv"))).contains("\n\"1974526429123456\t\",",
				"\n\"0012\t\",", "\n\"12345e67\t\",", "\na1,", "\n-1,", ",\"1974526429123457\t\",");
		assertThat(Files.readString(marked.resolve("failed-jobs.csv"))).contains(",\"1974526429123458\t\",");
		assertThat(Files.readAllBytes(marked.resolve("focus.csv"))).as("for programs")
			.isEqualTo(Files.readAllBytes(plain.resolve("focus.csv")));
	}

	private static List<List<String>> lines(Path file) throws Exception {
		List<List<String>> lines = new ArrayList<>();
		try (CsvReader reader = new CsvReader(file.toString(), Files.newInputStream(file))) {
			for (CsvLine line = reader.next(); line != null; line = reader.next()) {
				lines.add(line.cells());
			}
		}
		return lines;
	}

	private Path write(DataSource database, RunId run, boolean forSpreadsheets) {
		return new ReportWriter(database,
				new ReportProperties(this.directory.resolve("" + forSpreadsheets), ZoneId.of("UTC"), Path.of("none"),
						"cost_centre", Duration.ofHours(24), forSpreadsheets, ReportTexts.EN))
			.write(run, () -> false)
			.directory();
	}

}
