package io.jobaudit.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

import io.jobaudit.ExitStatus;
import io.jobaudit.TestPostgres;
import io.jobaudit.cli.AuditProcess.Ended;
import io.jobaudit.simulator.Simulator;
import io.jobaudit.simulator.SimulatorOptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is done to stored rows between runs, by the commands alone: acts on one database,
 * in this order.
 */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class UpkeepIT {

	private static final int IDS = 300;

	private static final String ROWS = "select to_jsonb(j)::text from audit.smart_job j order by job_id";

	private Path directory;

	private final PGSimpleDataSource database = TestPostgres.migratedDatabase();

	private final JdbcClient jdbc = JdbcClient.create(this.database);

	private List<String> truth = List.of();

	private int spoilt;

	private String plan = "";

	@BeforeAll
	void givenARunWhoseRowsAnOlderReleaseHasReadWithoutTokens(@TempDir Path temporary) throws IOException {
		this.directory = temporary;
		run();
		this.truth = texts(ROWS);
		this.spoilt = this.jdbc
			.sql("""
					update audit.smart_job set total_tokens = null, usage_status = 'ABSENT', title = 'old', fetched_at = fetched_at - interval '1 h'
					where usage_status = 'REPORTED'
					""")
			.update();
		this.jdbc.sql("update audit.smart_job set fetched_at = fetched_at + interval '1 h' where title = 'old'")
			.update();
		this.jdbc.sql("delete from audit.smart_job_change").update();
	}

	@Test
	@Order(1)
	void aDryRunOfRenormalizeCountsTheChangesAndWritesNothing() {
		List<String> before = texts(ROWS);
		Ended dry = offline().run("renormalize", "--dry-run", "--run", "1");

		assertThat(dry.out()).containsPattern("jobs changed +" + this.spoilt + "\\b").contains("nothing is written");
		assertThat(texts(ROWS)).isEqualTo(before).isNotEqualTo(this.truth);
	}

	@Test
	@Order(2)
	void renormalizingRestoresTheRowsWithoutACallAndRecordsEachChange() {
		Ended renormalized = offline().run("renormalize");

		assertThat(renormalized.exitCode()).as(renormalized.err()).isZero();
		assertThat(renormalized.out()).containsPattern("jobs changed +" + this.spoilt + "\\b")
			.containsPattern("total_tokens +" + this.spoilt + "\\b")
			.containsPattern("left unchanged +0\\b");
		assertRestoredOnce();
	}

	@Test
	@Order(3)
	void renormalizingAgainChangesNothing() {
		Ended again = offline().run("renormalize");

		assertThat(again.out()).containsPattern("jobs changed +0\\b");
		assertRestoredOnce();
	}

	@Test
	@Order(4)
	void renormalizingAnUnknownRunIsAnInputError() {
		assertThat(offline().run("renormalize", "--run", "7").exitCode()).isEqualTo(ExitStatus.INPUT.code());
	}

	@Test
	@Order(5)
	void aDryRunOfPurgeCountsTheJobsOfAnOldRunAndDeletesNothing() {
		this.jdbc.sql(
				"update audit.audit_run set started_at = started_at - interval '2 y', finished_at = finished_at - interval '2 y'")
			.update();
		this.jdbc.sql("update audit.smart_job set fetched_at = fetched_at - interval '2 y'").update();
		this.plan = offline().run("purge", "--older-than", "400d", "--reports", "reports", "--dry-run").out();

		assertThat(this.plan).containsPattern("jobs +" + this.truth.size() + "\\b")
			.contains("Would be purged")
			.containsPattern("ids, per run +[1-9]")
			.containsPattern("reports\n  directories +0\n  KB +0\n  kept reports/run-1: not the reports of run 1");
		assertThat(this.plan.lines()).allSatisfy((line) -> assertThat(line).hasSizeLessThanOrEqualTo(80));
		assertThat(texts(ROWS)).hasSameSizeAs(this.truth);
	}

	@Test
	@Order(6)
	void purgingDeletesWhatTheDryRunCounted() {
		Ended purged = offline().run("purge", "--older-than", "400d", "--reports", "reports");

		assertThat(purged.exitCode()).as(purged.err()).isZero();
		assertThat(purged.out().lines().skip(1))
			.isEqualTo(this.plan.lines().skip(1).takeWhile((line) -> !line.startsWith("the tables")).toList());
		assertThat(texts(ROWS)).isEmpty();
		assertThat(texts("select job_id from audit.audit_item")).isEmpty();
	}

	@Test
	@Order(7)
	void aPurgedRunHasNoReports() {
		Ended report = offline().run("report", "--run", "1");

		assertThat(report.exitCode()).isEqualTo(ExitStatus.INPUT.code());
		assertThat(report.err()).contains("run 1 were purged at");
	}

	@Test
	@Order(8)
	void theReportsOfARunThatWasPurgedEarlierGoWithTheNextPurge() throws IOException {
		this.jdbc.sql("update audit.audit_run set started_at = started_at + interval '2 y'").update();
		Path summary = this.directory.resolve("reports/run-1/run-summary.json");
		assertThat(summary).exists();

		Ended kept = offline().run("purge", "--older-than", "400d");
		Ended purged = offline().run("purge", "--older-than", "400d", "--reports", "reports", "--json");

		assertThat(kept.out()).contains("reports on disk are kept; --reports DIR removes those of these runs\n");
		assertThat(purged.exitCode()).as(purged.err()).isZero();
		assertThat(JsonMapper.shared().readTree(purged.out()).at("/reports/directories").intValue()).isEqualTo(1);
		assertThat(JsonMapper.shared().readTree(purged.out()).at("/reports/bytes").longValue()).isGreaterThan(30_000);
		assertThat(this.directory.resolve("reports")).isEmptyDirectory();
	}

	@Test
	@Order(9)
	void purgingRejectsADirectoryOfReportsThatIsNotThere() {
		Ended ended = offline().run("purge", "--older-than", "400d", "--reports", "report");

		assertThat(ended.exitCode()).isEqualTo(ExitStatus.USAGE.code());
		assertThat(ended.err()).contains("but there is none at report");
	}

	@Test
	@Order(10)
	void purgingRejectsAnAgeThatIsNoNumberOfDays() {
		for (String age : List.of("soon", "23h", "PT9223372036854775807S")) {
			assertThat(offline().run("purge", "--older-than", age).exitCode()).as(age)
				.isEqualTo(ExitStatus.USAGE.code());
		}
	}

	private void assertRestoredOnce() {
		assertThat(texts(ROWS)).isEqualTo(this.truth);
		assertThat(
				texts("""
						select concat_ws(' ', cause, old_usage_status, new_usage_status, run_id, changed_at > now() - interval '5 min', count(*))
						from audit.smart_job_change group by cause, old_usage_status, new_usage_status, run_id, changed_at > now() - interval '5 min'
						"""))
			.containsExactly("RENORMALIZED ABSENT REPORTED 1 t " + this.spoilt);
	}

	private void run() throws IOException {
		Path ids = Files.write(this.directory.resolve("ids.csv"),
				IntStream.range(0, IDS).mapToObj((number) -> "upkeep-" + number).toList());
		SimulatorOptions options = SimulatorOptions.defaults();
		try (Simulator simulator = Simulator.start(options)) {
			Ended ended = offline().key(options.accessKeyId(), options.accessKeySecret())
				.setting("audit.api.region", "cn-shanghai")
				.setting("audit.api.rate", 0)
				.setting("audit.api.endpoint", simulator.endpoint())
				.run("run", "--ids", ids.toString());
			assertThat(ended.exitCode()).as(ended.err()).isZero();
		}
	}

	private AuditProcess offline() {
		return new AuditProcess(this.directory).database(this.database);
	}

	private List<String> texts(String sql) {
		return this.jdbc.sql(sql).query((row, number) -> row.getString(1)).list();
	}

}
