package io.jobaudit.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.jobaudit.RunId;
import io.jobaudit.TestPostgres;
import io.jobaudit.report.openxml.OpenXmlCheck;
import io.jobaudit.report.subject.ReportPeriod;
import io.jobaudit.report.xlsx.TableSheet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** No workbook contains anything that a spreadsheet would repair or refuse. */
@Tag("slow")
class OpenXmlTest {

	private final DataSource database = TestPostgres.migratedDatabase();

	@TempDir
	private Path directory = Path.of("");

	@Test
	void theWorkbooksOfThousandsOfJobsNeedNoRepair() throws IOException {
		RunId run = RealisticRun.seed(this.database, 4_000);

		requireFaultless(writer(TableSheet.MAX_ROWS).write(run, () -> false));
		requireFaultless(writer(TableSheet.MAX_ROWS).write(ReportPeriod.of(YearMonth.of(2026, 10)), RunSeed.ACCOUNT,
				() -> false));
	}

	@Test
	void theWorkbooksOfHostileTextsNeedNoRepair() throws IOException {
		RunId run = HostileRun.seed(this.database);

		requireFaultless(writer(TableSheet.MAX_ROWS).write(run, () -> false));
	}

	@Test
	void sheetsThatGoOnNeedNoRepair() throws IOException {
		RunId run = RealisticRun.seed(this.database, 300);

		requireFaultless(writer(40).write(run, () -> false));
	}

	@Test
	void aTitleThatIsNoFooterNeedsNoRepair() throws IOException {
		SiteDirectory site = new SiteDirectory(this.directory).file("failures/workbook.yml",
				"title: \"%s\"".formatted("Q&R, ".repeat(99)));
		RunId run = new RunSeed(this.database).close();

		WrittenReports reports = new ReportWriter(this.database, site.properties()).write(run, () -> false);

		requireFaultless(reports);
		assertThat(ReadWorkbook.of(reports, "failures.xlsx")
			.sheet("Audit")
			.getCTWorksheet()
			.getHeaderFooter()
			.getOddFooter()).startsWith("&LQ&&R, Q&&R, ").endsWith("…&C&A&RPage &P of &N");
	}

	@Test
	void theWorkbooksOfAnEmptyRunNeedNoRepair() throws IOException {
		RunId run = new RunSeed(this.database).close();

		requireFaultless(writer(TableSheet.MAX_ROWS).write(run, () -> false));
	}

	private ReportWriter writer(int maxRows) {
		return new ReportWriter(this.database, ReportSettings.of(this.directory, ZoneId.of("Asia/Shanghai")), maxRows);
	}

	private static void requireFaultless(WrittenReports reports) throws IOException {
		Map<String, List<String>> faults = new TreeMap<>();
		try (Stream<Path> files = Files.list(reports.directory())) {
			for (Path file : files.filter((path) -> path.toString().endsWith(".xlsx")).toList()) {
				faults.put(String.valueOf(file.getFileName()), OpenXmlCheck.faults(file).stream().limit(20).toList());
			}
		}
		assertThat(faults).containsKeys("failures.xlsx", "token-spend.xlsx")
			.allSatisfy((name, found) -> assertThat(found).as(name).isEmpty());
	}

}
