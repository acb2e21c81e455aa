package io.jobaudit.report;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import io.jobaudit.RunId;
import io.jobaudit.TestPostgres;
import io.jobaudit.report.WrittenReports.ReportFile;
import io.jobaudit.report.subject.AuditedRun.UnknownRunException;
import io.jobaudit.report.subject.ReportWatch;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Tag("slow")
class RunFilesTest {

	private final DataSource database = TestPostgres.migratedDatabase();

	@TempDir
	private Path directory;

	@Test
	void failedJobsComeBackFromTheCsvWithNothingThatASpreadsheetWouldRun() throws IOException {
		// given
		RunId run = new RunSeed(this.database).failed("-1", "ASR", "=cmd|' /C calc'!A0", "two\r\nlines, \"quoted\"")
			.failed("b2", "+ASR", null, "语".repeat(40_000))
			.close();
		// when
		List<CSVRecord> lines = csv(write(run), "failed-jobs.csv");
		// then
		assertThat(lines).hasSize(3);
		assertThat(lines.get(0).values()).startsWith("Job id", "Job type", "Error code", "Error message")
			.contains("Created (Asia/Shanghai)");
		assertThat(lines.get(1).values()).startsWith("'-1", "ASR", "'=cmd|' /C calc'!A0", "two\r\nlines, \"quoted\"",
				"new", "", "2026-10-01T10:03:04+08:00");
		assertThat(lines.get(2).values()).startsWith("b2", "'+ASR", "", "语".repeat(40_000));
	}

	@Test
	void whoWatchesIsToldTheRowsOfEachFileAndTheJobsOfTheRun() {
		// given
		RunId run = new RunSeed(this.database).failed("a1", "ASR", "NoVoice", "x")
			.failed("b2", "ASR", "NoVoice", "x")
			.item("c3", "UNREADABLE", Map.of())
			.close();
		List<String> written = new ArrayList<>();
		// when
		new ReportWriter(this.database, ReportSettings.of(this.directory, ZoneId.of("UTC"))).write(run,
				new ReportWatch() {

					@Override
					public boolean isStopping() {
						return false;
					}

					@Override
					public void writing(String file, long rows, long jobs) {
						written.add("%s %d of %d".formatted(file, rows, jobs));
					}

				});
		// then
		assertThat(written).filteredOn((line) -> line.startsWith("focus-unpriced.csv"))
			.containsExactly("focus-unpriced.csv 1 of 2", "focus-unpriced.csv 2 of 2");
		assertThat(written).contains("failures.xlsx 1 of 2", "token-spend.xlsx 1 of 2", "unreadable-ids.csv 1 of 2");
	}

	@Test
	void unreadableIdsKeepIdAndLabelsAndNothingInThemRuns() throws IOException {
		// given
		RunId run = new RunSeed(this.database)
			.item("-e5", "UNREADABLE",
					Map.of("http_status", 502, "code", "@x", "message", "=1+1", "attempts", 6, "labels",
							Map.of("team", "=A1", "it's \"a\" key; --", "-7")))
			.item("b2", "UNREADABLE", Map.of("attempts", 3))
			.item("c3", "FETCHED", Map.of("labels", Map.of("audit_code", "x", "job_id", "y")))
			.item("d4", "REFUSED", Map.of())
			.close();
		// when
		List<CSVRecord> lines = csv(write(run), "unreadable-ids.csv");
		// then
		assertThat(lines).extracting(CSVRecord::toList)
			.containsExactly(
					List.of("job_id", "label_audit_code", "it's \"a\" key;' --", "label_job_id", "team",
							"audit_http_status", "audit_code", "audit_message", "audit_attempts"),
					List.of("-e5", "", "'-7", "", "'=A1", "502", "'@x", "'=1+1", "6"),
					List.of("b2", "", "", "", "", "", "", "", "3"), List.of("d4", "", "", "", "", "", "", "", "1"));
	}

	@Test
	void runSummaryHasTheDocumentedShape() throws IOException {
		// given
		RunId run = new RunSeed(this.database).failed("a1", "ASR", "NoVoice", "x")
			.spent("b2", "TextGenerate", 1000, "2026-10-01T15:59:00Z")
			.unspent("c3", "ASR", "UNREADABLE")
			.item("d4", "NOT_FOUND", Map.of())
			.item("e5", "UNREADABLE", Map.of())
			.rejected("DUPLICATE")
			.rejected("EMPTY")
			.close();
		// when
		WrittenReports reports = write(run);
		// then
		String compact = reports.summary()
			.replaceAll("\\s", "")
			.replaceAll("\"[0-9a-f]{64}\"", "\"...\"")
			.replaceAll("\"[0-9a-f-]{36}\"", "\"...\"")
			.replaceAll("\"answer\":\\[\"Run1[^\\]]*]", "\"answer\":[three]");
		assertThat(compact).isEqualTo(
				"""
						{"database":"...","run":1,"status":"COMPLETED","exitCode":3,"account":"default","region":"cn-shanghai",
						"startedAt":"2026-11-22T01:00:00Z","finishedAt":"2026-11-22T01:01:00Z",
						"input":{"source":"ids.csv","sha256":"...","lines":7,"distinct":5,"duplicates":1,"malformed":1},
						"outcomes":{"FETCHED":2,"UNCHANGED":1,"NOT_FOUND":1,"EXPIRED":0,"REFUSED":0,"UNREADABLE":1},
						"pending":0,"reconciled":true,
						"jobs":{"byState":{"Finished":2,"Failed":1},"byType":{"ASR":2,"TextGenerate":1},"byErrorCode":{"NoVoice":1},
						"types":[{"type":"ASR","jobs":2,"failed":1,"tokens":null},{"type":"TextGenerate","jobs":1,"failed":0,"tokens":1000}]},
						"tokens":{"total":1000,"jobsReporting":1,"jobsNotReporting":1,"jobsUnreadable":1},"spend":{},
						"focus":{"version":"1.2","charges":0,"unpriced":3},
						"api":{"calls":1100,"callsAtLeast":false,"throttled":20,"retries":110,"configuredRate":20.0,"effectiveRate":19.8,
						"waitedSeconds":3.2},
						"completeness":null,"newFailureKinds":[{"jobType":"ASR","errorCode":"NoVoice","jobs":1}],"unusualFigures":[],"expiringJobs":0,"budgets":[],"answer":[three],
						"files":[{"name":"failures.xlsx","sha256":"...","rows":1},
						{"name":"token-spend.xlsx","sha256":"...","rows":2},
						{"name":"summary.html","sha256":"...","rows":0},
						{"name":"failed-jobs.csv","sha256":"...","rows":1},
						{"name":"focus.csv","sha256":"...","rows":0},
						{"name":"focus-unpriced.csv","sha256":"...","rows":3},
						{"name":"focus-metadata.json","sha256":"...","rows":1},
						{"name":"unreadable-ids.csv","sha256":"...","rows":1}]}"""
					.replace("\n", ""));
		assertThat(reports.directory().resolve(RunSummary.FILE_NAME)).hasContent(reports.summary());
		for (ReportFile file : reports.files()) {
			assertThat(reports.summary()).contains(file.sha256());
			assertThat(file.sha256()).isEqualTo(ReportFiles.sha256(file.path()));
		}
	}

	@Test
	void theSummaryHasTheExactSpendWhatIsNewAndTheListBefore() {
		// given
		new PriceSeed(this.database, ZoneId.of("UTC")).price("TextGenerate", "CNY", "0.0123", "2026-09-01", null)
			.price("ASR", "JPY", "13.370", "2026-09-01", null);
		RunSeed night = new RunSeed(this.database).failed("a1", "ASR", "NoVoice", "x")
			.next(RunSeed.STARTED.plus(Duration.ofHours(1)))
			.item("b2", "NOT_FOUND", Map.of())
			.next(RunSeed.STARTED.plus(Duration.ofHours(2)))
			.item("b2", "NOT_FOUND", Map.of())
			.next(RunSeed.STARTED.plus(Duration.ofDays(1)));
		JdbcClient.create(this.database).sql("""
				update audit.audit_run set input_source = case run_id when 1 then 'in/ids-2026-11-21.csv'
				  when 2 then 'in/others.csv' else 'in/ids-2026-11-22.csv' end,
				  parent_run_id = case run_id when 3 then 1 end""").update();
		RunId run = night.asked("a1", "Failed", "NoVoice")
			.failed("c3", "ASR", "Quota", "x")
			.failed("d4", "ASR", "Quota", "x")
			.spent("e5", "TextGenerate", 1000, "2026-10-01T15:59:00Z")
			.spent("f6", "TextGenerate", 1001, "2026-10-01T15:59:00Z")
			.spent("g7", "ASR", 100, "2026-10-01T15:59:00Z")
			.spent("h8", "Unpriced", 100, "2026-10-01T15:59:00Z")
			.job("i9", "FETCHED",
					Map.of("state", "Executing", "job_type", "ASR", "usage_status", "ABSENT", "create_time",
							"2025-11-25T00:00:00Z"))
			.close();
		// when
		String summary = write(run).summary().replaceAll("\\s", "");
		// then
		assertThat(summary).contains("\"spend\":{\"CNY\":\"0.0246123\",\"JPY\":\"1.337\"}",
				"\"byErrorCode\":{\"Quota\":2,\"NoVoice\":1}",
				"\"newFailureKinds\":[{\"jobType\":\"ASR\",\"errorCode\":\"Quota\",\"jobs\":2}],\"unusualFigures\":[],\"expiringJobs\":1,",
				"\"malformed\":0,\"previous\":{\"run\":1,\"distinct\":1}}");
	}

	@Test
	void aRunWhoseBookIsNotClosedSaysSoAndUnknownFiguresAreNull() {
		// given
		RunSeed seed = new RunSeed(this.database).item("a1", null, Map.of());
		JdbcClient.create(this.database)
			.sql("update audit.audit_run set settings = '{\"audit.api.rate\": \"fast\"}', api_fetch_ms = 0")
			.update();
		// when
		String summary = write(seed.runId()).summary();
		// then
		assertThat(summary).contains("\"status\": \"RUNNING\"", "\"exitCode\": null", "\"finishedAt\": null",
				"\"lines\": null", "\"pending\": 1", "\"reconciled\": false", "\"total\": null",
				"\"configuredRate\": null", "\"effectiveRate\": null");
	}

	@Test
	void aRunWhoseLedgerLacksAnIdIsNotReconciled() {
		// given
		RunId run = new RunSeed(this.database).item("a1", "NOT_FOUND", Map.of())
			.item("b2", "NOT_FOUND", Map.of())
			.close();
		JdbcClient.create(this.database).sql("delete from audit.audit_item where job_id = 'b2'").update();
		// when
		WrittenReports reports = write(run);
		// then
		assertThat(reports.summary()).contains("\"reconciled\": false");
		assertThat(ReadWorkbook.of(reports, "failures.xlsx").differences())
			.containsEntry("Summary, Distinct ids, ids in the ledger", BigDecimal.ONE);
	}

	@Test
	void theSameRunGivesTheSameBytes() throws IOException {
		// given
		RunId run = RealisticRun.seed(this.database, 300);
		WrittenReports first = write(run);
		// when
		WrittenReports second = write(run);
		// then
		assertThat(second.summary()).isEqualTo(first.summary());
		assertThat(ReadWorkbook.of(second, "failures.xlsx").workbook().getProperties().getCoreProperties().getCreated())
			.as("not the clock's")
			.isEqualTo(RunSeed.STARTED.plus(Duration.ofMinutes(1)));
	}

	@Test
	void anUnknownRunIsNamed() {
		assertThatExceptionOfType(UnknownRunException.class).isThrownBy(() -> write(new RunId(99)))
			.withMessageContaining("no run 99");
		assertThat(this.directory).isEmptyDirectory();
	}

	private WrittenReports write(RunId run) {
		return new ReportWriter(this.database, ReportSettings.of(this.directory, ZoneId.of("Asia/Shanghai"))).write(run,
				() -> false);
	}

	private static List<CSVRecord> csv(WrittenReports reports, String name) throws IOException {
		try (CSVParser parser = CSVParser
			.parse(Files.readString(reports.directory().resolve(name), StandardCharsets.UTF_8), CSVFormat.RFC4180)) {
			return parser.getRecords();
		}
	}

}
