package io.jobaudit.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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

/**
 * The doctor finds each thing that is wrong, by the command alone, and changes nothing.
 */
class DoctorIT {

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
	void aHealthySiteIsOkInEachCheckAndUntouched() {
		Ended healthy = process().run("doctor");

		assertThat(healthy.exitCode()).as(healthy.out()).isZero();
		assertThat(healthy.out().lines()).hasSize(12).allSatisfy((line) -> assertThat(line).startsWith("ok  "));
		assertThat(this.simulator.statistics().calls()).isEqualTo(1);
		assertThat(Files.exists(this.directory.resolve("reports"))).isFalse();
	}

	@Test
	void aWrongKeyAWrongDefinitionAndABlockedDirectoryAreFoundAtOnce() throws IOException {
		Files.writeString(this.directory.resolve("file"), "in the way");
		Files.createDirectories(this.directory.resolve("config/report/failures"));
		Files.writeString(this.directory.resolve("config/report/failures/workbook.yml"), "sheets:\n  - {naem: x}\n");
		Ended failing = process().key("nobody", "wrong")
			.setting("audit.report.directory", "file/reports")
			.run("doctor", "--json");

		JsonNode found = JsonMapper.shared().readTree(failing.out());
		assertThat(found.valueStream().filter((check) -> check.get("result").stringValue().equals("FAIL")))
			.extracting((check) -> check.get("check").stringValue() + " " + check.get("exitCode").intValue())
			.containsExactly("API 77", "definitions 78", "reports 73");
		assertThat(failing.exitCode()).as("as a run would end").isEqualTo(77);
		assertThat(failing.out()).doesNotContain(OPTIONS.accessKeySecret());
	}

	@Test
	void aWrongSettingIsFoundAndAPendingMigrationIsNotApplied() {
		String newest = this.jdbc.sql("select max(version::int)::text from audit.flyway_schema_history")
			.query(String.class)
			.single();
		this.jdbc.sql("delete from audit.flyway_schema_history where version = ?").param(newest).update();
		Ended behind = process().setting("audit.limits.max-unreadable", -1).run("doctor");

		assertThat(behind.out()).containsPattern("(?m)^FAIL  settings .*max-unreadable")
			.containsPattern("(?m)^warn  tables +pending migrations: 1");
		assertThat(this.jdbc.sql("select count(*) from audit.flyway_schema_history where version = ?")
			.param(newest)
			.query(Long.class)
			.single()).as("the doctor does not migrate").isZero();
	}

	@Test
	void anApiAndADatabaseThatAreDownAreFoundAndTheOtherChecksAreMade() {
		Ended unavailable = new AuditProcess(this.directory).key("nobody", "wrong")
			.environment("SPRING_DATASOURCE_URL", "jdbc:postgresql://127.0.0.1:1/x")
			.setting("audit.api.region", "cn-shanghai")
			.setting("audit.api.endpoint", "http://127.0.0.1:1")
			.run("doctor");

		assertThat(unavailable.out()).containsPattern("(?m)^FAIL  API .*Connection refused")
			.containsPattern("(?m)^FAIL  database .*127.0.0.1:1")
			.containsPattern("(?m)^ok    reports ");
		assertThat(unavailable.exitCode()).isEqualTo(ExitStatus.UNAVAILABLE.code());
	}

	private AuditProcess process() {
		return new AuditProcess(this.directory).packaged()
			.database(this.database)
			.key(OPTIONS.accessKeyId(), OPTIONS.accessKeySecret())
			.setting("audit.api.region", "cn-shanghai")
			.setting("audit.report.zone", "Asia/Shanghai")
			.setting("audit.api.endpoint", this.simulator.endpoint());
	}

}
