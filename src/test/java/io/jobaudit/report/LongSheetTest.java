package io.jobaudit.report;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import io.jobaudit.TestPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class LongSheetTest {

	private final DataSource database = TestPostgres.migratedDatabase();

	@TempDir
	private Path directory;

	@Test
	void rowsThatDoNotFitGoOnOnTheNextSheetAndTheTotalsStandOnTheLast() {
		// given sheets of 6 rows: a header, 4 jobs, and one kept for totals
		RunSeed seed = new RunSeed(this.database);
		for (int job = 1; job <= 9; job++) {
			seed.spent("job-" + job, "TextGenerate", job, "2026-10-01T00:00:00Z");
		}
		// when
		WrittenReports reports = new ReportWriter(this.database, ReportSettings.of(this.directory, ZoneId.of("UTC")), 6)
			.write(seed.close(), () -> false);
		// then
		ReadWorkbook workbook = ReadWorkbook.of(reports, "token-spend.xlsx");
		assertThat(workbook.sheetNames()).containsExactly("Cover", "Summary", "By day and type", "By day",
				"By job type", "By month", "By user", "By cost centre", "Unit costs", "Top 50 jobs", "Top 50 jobs 2",
				"Top 50 jobs 3", "Not reported", "Token jobs", "Token jobs 2", "Token jobs 3", "Spend data", "Changes",
				"Prices", "Audit");
		List<String> ids = new ArrayList<>();
		for (String sheet : List.of("Token jobs", "Token jobs 2", "Token jobs 3")) {
			ids.addAll(workbook.column(sheet, "Job id"));
			assertThat(workbook.sheet(sheet).getPaneInformation().isFreezePane()).isTrue();
		}
		assertThat(ids).containsExactly("job-1", "job-2", "job-3", "job-4", "job-5", "job-6", "job-7", "job-8", "job-9",
				"Total");
		assertThat(workbook.totals("Token jobs 3")).containsEntry("Total tokens", "45");
		assertThat(reports.files().get(1).rows()).isEqualTo(9);
	}

}
