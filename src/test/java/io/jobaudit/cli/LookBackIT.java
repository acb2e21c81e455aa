package io.jobaudit.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;

import io.jobaudit.ExitStatus;
import io.jobaudit.TestPostgres;
import io.jobaudit.cli.AuditProcess.Ended;
import io.jobaudit.simulator.Simulator;
import io.jobaudit.simulator.SimulatorOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs looked back on, and the doctor who looks ahead. */
class LookBackIT {

	private static final SimulatorOptions OPTIONS = SimulatorOptions.defaults();

	@TempDir
	private Path directory;

	private final Simulator simulator = Simulator.start(OPTIONS);

	private final PGSimpleDataSource database = TestPostgres.migratedDatabase();

	private final JdbcClient jdbc = JdbcClient.create(this.database);

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@Test
	void runsAreListedAndShownAsTheyAre() throws Exception {
		assertThat(process().run("runs").out()).isEqualTo("Account default has no run yet.\n");
		Files.writeString(this.directory.resolve("ids.csv"), "look-1\nlook-2\nlook-1\nno id\nunknown-1\n");
		assertThat(process().run("run", "--ids", "ids.csv").exitCode()).isZero();
		// a killed run, and one that goes on at the moment under the lock
		this.jdbc
			.sql("""
					insert into audit.audit_run (account, region, status, input_source, input_sha256, started_at, version, settings)
					select 'default', 'cn-shanghai', 'RUNNING', 'in/' || repeat('long', 30) || '.csv', 'x', now(), '1', '{}'
					""")
			.update();
		this.jdbc.sql("insert into audit.audit_item (run_id, item_no, job_id) values (2, 1, 'a'), (2, 2, 'b')")
			.update();

		Ended list = process().run("runs");
		JsonNode json = JsonMapper.shared().readTree(process().run("runs", "--json").out());
		Ended shown = process().run("runs", "show", "1");
		Ended unknown = process().run("runs", "show", "9");

		assertThat(list.exitCode()).as(list.err()).isZero();
		assertThat(list.out().lines()).allSatisfy((line) -> assertThat(line.length()).isLessThanOrEqualTo(110));
		assertThat(list.out()).containsPattern("(?m)^ +2 .* interrupted +- +2 +0 +0 +0 +0 +2$")
			.containsPattern("(?m)^ +1 .* completed +0 +3 +2 +0 +1 +0 +0\\n +ids.csv  ->  ");
		assertThat(json.valueStream().map((run) -> run.get("run").intValue())).containsExactly(2, 1);
		JsonNode summary = JsonMapper.shared()
			.readTree(Files.readAllBytes(this.directory.resolve("reports/run-1/run-summary.json")));
		for (String name : new String[] { "run", "status", "exitCode", "account", "region", "outcomes", "pending" }) {
			assertThat(json.get(1).get(name)).as(name).isEqualTo(summary.get(name));
		}
		assertThat(shown.out())
			.contains("ids.csv, line 3: \"look-1\" is a duplicate of an earlier line",
					"ids.csv, line 4: \"no id\" contains a character that no job id has")
			.containsPattern("NOT_FOUND +1\\b")
			.contains("reports/run-1\n");
		assertThat(unknown.exitCode()).isEqualTo(ExitStatus.INPUT.code());
		try (Connection holder = this.database.getConnection()) {
			holder.createStatement().execute("select pg_advisory_lock(%d, hashtext('default'))".formatted(0x6a6f6261));
			assertThat(process().run("runs").out()).containsPattern("(?m)^ +2 .* running +-");
		}
	}

	@Test
	void theDoctorFindsEachThingThatIsWrongAndTouchesNothing() throws IOException {
		Ended well = process().run("doctor");
		assertThat(well.exitCode()).as(well.out()).isZero();
		assertThat(well.out().lines()).hasSize(12).allSatisfy((line) -> assertThat(line).startsWith("ok  "));
		assertThat(this.simulator.statistics().calls()).isEqualTo(1);
		assertThat(Files.exists(this.directory.resolve("reports"))).isFalse();

		Files.writeString(this.directory.resolve("file"), "in the way");
		Files.createDirectories(this.directory.resolve("config/report/failures"));
		Files.writeString(this.directory.resolve("config/report/failures/workbook.yml"), "sheets:\n  - {naem: x}\n");
		Ended ill = process().key("nobody", "wrong")
			.setting("audit.report.directory", "file/reports")
			.run("doctor", "--json");

		JsonNode found = JsonMapper.shared().readTree(ill.out());
		assertThat(found.valueStream().filter((check) -> check.get("result").stringValue().equals("FAIL")))
			.extracting((check) -> check.get("check").stringValue() + " " + check.get("exitCode").intValue())
			.containsExactly("API 77", "definitions 78", "reports 73");
		assertThat(ill.exitCode()).as("as a run would end").isEqualTo(77);
		assertThat(ill.out()).doesNotContain(OPTIONS.accessKeySecret());

		this.jdbc.sql("delete from audit.flyway_schema_history where version = '12'").update();
		Ended behind = process().setting("audit.limits.max-unreadable", -1).run("doctor");
		assertThat(behind.out()).containsPattern("(?m)^FAIL  settings .*max-unreadable")
			.containsPattern("(?m)^warn  tables +1 migrations are pending");
		assertThat(this.jdbc.sql("select count(*) from audit.flyway_schema_history where version = '12'")
			.query(Long.class)
			.single()).as("the doctor does not migrate").isZero();

		Ended away = new AuditProcess(this.directory).key("nobody", "wrong")
			.environment("SPRING_DATASOURCE_URL", "jdbc:postgresql://127.0.0.1:1/x")
			.setting("audit.api.region", "cn-shanghai")
			.setting("audit.api.endpoint", "http://127.0.0.1:1")
			.run("doctor");
		assertThat(away.out()).containsPattern("(?m)^FAIL  API .*Connection refused")
			.containsPattern("(?m)^FAIL  database .*127.0.0.1:1")
			.containsPattern("(?m)^ok    reports ");
		assertThat(away.exitCode()).isEqualTo(ExitStatus.UNAVAILABLE.code());
	}

	private AuditProcess process() {
		return new AuditProcess(this.directory).database(this.database)
			.key(OPTIONS.accessKeyId(), OPTIONS.accessKeySecret())
			.setting("audit.api.region", "cn-shanghai")
			.setting("audit.report.zone", "Asia/Shanghai")
			.setting("audit.api.endpoint", this.simulator.endpoint());
	}

}
