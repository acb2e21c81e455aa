package io.jobaudit.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import io.jobaudit.Account;
import io.jobaudit.ClosingStatement;
import io.jobaudit.ExitStatus;
import io.jobaudit.Outcome;
import io.jobaudit.RunId;
import io.jobaudit.TestPostgres;
import io.jobaudit.batch.AuditLauncher.AuditResult;
import io.jobaudit.batch.RunInProgress;
import io.jobaudit.batch.RunObserver.RunEnding;
import io.jobaudit.batch.StopRequest;
import io.jobaudit.ledger.AuditRun;
import io.jobaudit.metrics.MetricsExporters.MetricLabels;
import io.jobaudit.metrics.RunMetricsPublisher.RunRecords;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/** What is left of a run in the textfile and the Pushgateway when the next one comes. */
@ExtendWith(OutputCaptureExtension.class)
class RunMetricsPublisherTest {

	private static final double SUCCESS = 1_795_309_323;

	private final PGSimpleDataSource database = TestPostgres.migratedDatabase();

	private final PushReceiver receiver;

	@TempDir
	private Path directory = Path.of("");

	RunMetricsPublisherTest() throws IOException {
		this.receiver = PushReceiver.start();
	}

	@BeforeEach
	void aRunIsComplete() throws Exception {
		RunMetricsPublisher first = publisher(this.database);
		first.began(new RunInProgress(20).figures());
		JdbcClient.create(this.database)
			.sql("""
					insert into audit.audit_run (account, region, status, input_source, input_sha256, started_at, finished_at,
					  version, settings)
					values ('default', 'cn-shanghai', 'COMPLETED', 'ids.csv', 'x', now(), to_timestamp(:success), '1', '{}')
					""")
			.param("success", SUCCESS)
			.update();
		first.ended(new RunEnding(
				new AuditResult(new AuditRun(new RunId(1), new Account("default"), false),
						new ClosingStatement(7, 7, 0, 0, Map.of(Outcome.UNREADABLE, 7L), 0, 0, 0),
						ExitStatus.TOO_MANY_UNREADABLE, "reports/run-1", null),
				ExitStatus.TOO_MANY_UNREADABLE, null, new StopRequest()));
		assertThat(published()).containsEntry("jobaudit_run_exit_code", 3.0)
			.containsEntry("jobaudit_input_lines", 7.0)
			.containsEntry("jobaudit_run_in_progress", 0.0)
			.containsEntry("jobaudit_last_success_timestamp_seconds", SUCCESS)
			.containsKeys("jobaudit_items", "jobaudit_jobs", "jobaudit_run_duration_seconds")
			.doesNotContainKey("jobaudit_tokens");
	}

	@AfterEach
	void close() {
		this.receiver.close();
	}

	@Test
	void aRunThatBeginsLeavesOnlyTheLastSuccessOfTheOneBefore() throws Exception {
		publisher(this.database).began(new RunInProgress(20).figures());

		assertThat(withoutApi(published())).isEqualTo(Set.of("jobaudit_run_in_progress",
				"jobaudit_run_start_timestamp_seconds", "jobaudit_last_success_timestamp_seconds"));
		assertThat(published()).containsEntry("jobaudit_run_in_progress", 1.0)
			.containsEntry("jobaudit_last_success_timestamp_seconds", SUCCESS);
	}

	@Test
	void aRunThatCannotBeOpenedLeavesOnlyTheLastSuccessOfTheOneBefore() throws Exception {
		publisher(this.database).ended(notOpened(ExitStatus.INPUT));

		assertThat(withoutApi(published())).isEqualTo(Set.of("jobaudit_run_exit_code", "jobaudit_run_in_progress",
				"jobaudit_last_success_timestamp_seconds"));
		assertThat(published()).containsEntry("jobaudit_run_exit_code", 65.0)
			.containsEntry("jobaudit_last_success_timestamp_seconds", SUCCESS);
	}

	@Test
	void theLastSuccessStaysWhenTheDatabaseIsUnavailable(CapturedOutput output) throws Exception {
		PGSimpleDataSource nowhere = new PGSimpleDataSource();
		nowhere.setURL("jdbc:postgresql://127.0.0.1:1/nowhere");
		publisher(nowhere).ended(notOpened(ExitStatus.UNAVAILABLE));

		assertThat(textfile()).containsEntry("jobaudit_run_exit_code", 69.0)
			.containsEntry("jobaudit_last_success_timestamp_seconds", SUCCESS);
		assertThat(pushgateway()).containsEntry("jobaudit_run_exit_code", 69.0)
			.containsEntry("jobaudit_last_success_timestamp_seconds", SUCCESS);
		assertThat(output).contains("WARN", "Cannot read the database");
	}

	@Test
	void aLostLastSuccessIsPublishedAgainByTheNextRun() throws Exception {
		Files.delete(this.directory.resolve("a-last-success.prom"));

		publisher(this.database).began(new RunInProgress(20).figures());

		assertThat(textfile()).containsEntry("jobaudit_last_success_timestamp_seconds", SUCCESS);
	}

	private RunMetricsPublisher publisher(DataSource records) {
		MockEnvironment environment = new MockEnvironment().withProperty("audit.api.region", "cn-shanghai")
			.withProperty("audit.metrics.textfile", this.directory.resolve("a.prom").toString())
			.withProperty("audit.metrics.pushgateway.url", this.receiver.url("").toString());
		return new RunMetricsPublisher(new RunMetricsPublisher.Sources(20, new RunRecords(JdbcClient.create(records)),
				MetricLabels.of(environment), Clock.systemUTC()), MetricsExporters.open(environment));
	}

	private static RunEnding notOpened(ExitStatus status) {
		return new RunEnding(null, status, new IllegalStateException("no run"), new StopRequest());
	}

	/** A value of each metric, the same in the textfile and the Pushgateway. */
	private Map<String, Double> published() throws IOException {
		assertThat(pushgateway()).isEqualTo(textfile());
		return textfile();
	}

	private Map<String, Double> textfile() throws IOException {
		return byName(ExpositionText.parse(Files.readString(this.directory.resolve("a.prom"))
				+ Files.readString(this.directory.resolve("a-last-success.prom"))));
	}

	private Map<String, Double> pushgateway() {
		return byName(this.receiver.group("default", "cn-shanghai"));
	}

	private static Map<String, Double> byName(ExpositionText text) {
		return text.samples()
			.entrySet()
			.stream()
			.collect(Collectors.toMap((sample) -> sample.getKey().replaceAll("\\{.*", ""), Map.Entry::getValue,
					Double::sum));
	}

	private static Set<String> withoutApi(Map<String, Double> values) {
		return values.keySet().stream().filter((name) -> !name.startsWith("jobaudit_api_")).collect(Collectors.toSet());
	}

}
