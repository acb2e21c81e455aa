package io.jobaudit.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

import io.jobaudit.ExitStatus;
import io.jobaudit.TestPostgres;
import io.jobaudit.cli.AuditProcess.Ended;
import io.jobaudit.report.RunSummaries;
import io.jobaudit.simulator.Simulator;
import io.jobaudit.simulator.SimulatorOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** A complete and a killed run looked back on, by the commands alone. */
@TestInstance(Lifecycle.PER_CLASS)
class LookBackIT {

	private static final SimulatorOptions OPTIONS = SimulatorOptions.defaults();

	private Path directory;

	private final Simulator simulator = Simulator.start(OPTIONS);

	private final PGSimpleDataSource database = TestPostgres.migratedDatabase();

	private final JdbcClient jdbc = JdbcClient.create(this.database);

	private String beforeTheFirstRun = "";

	@BeforeAll
	void givenACompleteRunAndAKilledOne(@TempDir Path temporary) throws IOException {
		this.directory = temporary;
		this.beforeTheFirstRun = process().run("runs").out();
		Files.writeString(this.directory.resolve("ids.csv"), "look-1\nlook-2\nlook-1\nno id\nunknown-1\n");
		assertThat(process().run("run", "--ids", "ids.csv").exitCode()).isZero();
		this.jdbc
			.sql("""
					insert into audit.audit_run (account, region, status, input_source, input_sha256, started_at, version, settings)
					select 'default', 'cn-shanghai', 'RUNNING', 'in/' || repeat('long', 30) || '.csv', 'x', now(), '1', '{}'
					""")
			.update();
		this.jdbc.sql("insert into audit.audit_item (run_id, item_no, job_id) values (2, 1, 'a'), (2, 2, 'b')")
			.update();
	}

	@AfterAll
	void close() {
		this.simulator.close();
	}

	@Test
	void anAccountWithoutARunSaysSo() {
		assertThat(this.beforeTheFirstRun).isEqualTo("Account default has no run yet.\n");
	}

	@Test
	void theListHasARowOfCountsForEachRun() {
		Ended list = process().run("runs");

		assertThat(list.exitCode()).as(list.err()).isZero();
		assertThat(list.out().lines()).allSatisfy((line) -> assertThat(line.length()).isLessThanOrEqualTo(110));
		assertThat(list.out()).containsPattern("(?m)^ +2 .* interrupted +- +2 +0 +0 +2$")
			.containsPattern(
					"(?m)^ +1 .* completed +0 +3 +2 +0 +0\\n +ids.csv\\n +took 0:00:\\d\\d, NOT_FOUND 1\\n +-> ");
	}

	@Test
	void theListInJsonHasTheValuesOfTheRunSummary() throws IOException {
		JsonNode json = JsonMapper.shared().readTree(process().run("runs", "--json").out());

		assertThat(json.valueStream().map((run) -> run.get("run").intValue())).containsExactly(2, 1);
		JsonNode summary = RunSummaries.read(this.directory.resolve("reports/run-1"));
		for (String name : new String[] { "run", "status", "exitCode", "account", "region", "outcomes", "pending" }) {
			assertThat(json.get(1).get(name)).as(name).isEqualTo(summary.get(name));
		}
	}

	@Test
	void aRunIsShownWithItsRejectedLinesOutcomesAndReports() {
		Ended shown = process().run("runs", "show", "1");

		assertThat(shown.out())
			.contains("ids.csv, line 3: \"look-1\" is a duplicate of an earlier line",
					"ids.csv, line 4: \"no id\" contains U+0020 (SPACE) at character 3, which no job id has")
			.containsPattern("NOT_FOUND +1\\b")
			.contains("reports/run-1\n");
	}

	@Test
	void anUnknownRunIsAnInputError() {
		assertThat(process().run("runs", "show", "9").exitCode()).isEqualTo(ExitStatus.INPUT.code());
	}

	@Test
	void aRunWhoseAccountIsLockedIsRunning() throws SQLException {
		try (Connection holder = this.database.getConnection()) {
			holder.createStatement().execute("select pg_advisory_lock(%d, hashtext('default'))".formatted(0x6a6f6261));
			assertThat(process().run("runs").out()).containsPattern("(?m)^ +2 .* running +-");
		}
	}

	private AuditProcess process() {
		return new AuditProcess(this.directory).database(this.database)
			.key(OPTIONS.accessKeyId(), OPTIONS.accessKeySecret())
			.setting("audit.api.region", "cn-shanghai")
			.setting("audit.report.zone", "Asia/Shanghai")
			.setting("audit.api.endpoint", this.simulator.endpoint());
	}

}
