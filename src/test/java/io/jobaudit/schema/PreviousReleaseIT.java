package io.jobaudit.schema;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import io.jobaudit.cli.AuditProcess;
import io.jobaudit.cli.AuditProcess.Ended;
import io.jobaudit.simulator.Simulator;
import io.jobaudit.simulator.SimulatorOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Migrations only expand: on a database that this release has migrated, the jar of the
 * release before completes a night, this release's jar the next one, and the release
 * before, to which a site may go back, the one after.
 */
class PreviousReleaseIT {

	private static final String DATABASE = "two_releases";

	private static final int JOBS = 200;

	private static final String NEWEST = "27";

	private static final String OF_BEFORE = "12";

	@TempDir
	private Path data = Path.of("");

	@TempDir
	private Path directory = Path.of("");

	@Test
	void bothReleasesCompleteNightsOnTheSameTables() throws Exception {
		// given
		Path previous = PreviousRelease.jar();
		List<String> jobs = IntStream.range(0, JOBS).mapToObj((i) -> "two-releases-" + i).toList();
		Path ids = Files.write(this.directory.resolve("ids.csv"), jobs);
		try (RolesServer server = RolesServer.start(this.data, DATABASE);
				Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
			assertSuccess(process(server.owner(DATABASE), simulator).run("migrate"));
			List<String> migrations = migrations(server);
			AuditProcess today = process(server.writer(DATABASE), simulator);
			AuditProcess before = process(server.writer(DATABASE), simulator).jar(previous);
			// when
			assertSuccess(before.run("run", "--ids", ids.toString()));
			assertSuccess(today.run("run", "--ids", ids.toString()));
			assertSuccess(today.run("report", "--run", "1", "--reports", "again"));
			assertSuccess(before.run("run", "--ids", ids.toString()));
			assertSuccess(today.run("report", "--run", "2", "--reports", "again"));
			assertSuccess(today.run("run", "--ids", ids.toString()));
			// then
			assertThat(migrations(server)).as("what is migrated").isEqualTo(migrations);
			assertThat(simulator.statistics().calls()).isEqualTo(JOBS + 3 * unfinished(server)).isGreaterThan(JOBS);
			assertAddsUp(server, "reports/run-1");
			assertAddsUp(server, "reports/run-2");
			assertAddsUp(server, "again/run-1");
			assertAddsUp(server, "reports/run-3");
			assertAddsUp(server, "again/run-2");
			assertAddsUp(server, "reports/run-4");
			assertThat(number(server, "select count(*) from audit.audit_item")).isEqualTo(4 * JOBS);
			assertThat(number(server,
					"select count(*) from audit.audit_item_row where run_id = 4 and outcome = 'FETCHED'"))
				.as("ids of today's night that are not in blocks")
				.isZero();
		}
	}

	@Test
	void anUpgradeIsRefusedToTheWriterUntilTheOwnerHasMigratedAndCanBeRolledBack() throws Exception {
		// given
		Path previous = PreviousRelease.jar();
		Path ids = Files.write(this.directory.resolve("ids.csv"), List.of("two-releases-1", "two-releases-2"));
		try (RolesServer server = RolesServer.start(this.data, DATABASE);
				Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
			AuditProcess owner = process(server.owner(DATABASE), simulator);
			AuditProcess today = process(server.writer(DATABASE), simulator);
			AuditProcess before = process(server.writer(DATABASE), simulator).jar(previous);
			assertSuccess(process(server.owner(DATABASE), simulator).jar(previous).run("runs"));
			assertSuccess(before.run("run", "--ids", ids.toString()));
			long calls = simulator.statistics().calls();
			List<String> migrations = migrations(server);
			// when
			Ended refused = today.run("run", "--ids", ids.toString());
			Ended doctor = today.run("doctor");
			Ended pending = owner.run("migrate", "--dry-run");
			// then
			String said = "the database has the tables of an earlier release (version %s needed, %s there)"
				.formatted(NEWEST, OF_BEFORE);
			assertThat(refused.exitCode()).isEqualTo(77);
			assertThat(refused.err()).contains(said + ": run job-audit migrate as their owner, job_audit_owner")
				.doesNotContain("ERROR");
			assertThat(doctor.exitCode()).isEqualTo(77);
			assertThat(doctor.out()).containsPattern("(?m)^FAIL  tables +" + Pattern.quote(said))
				.doesNotContainPattern("(?m)^ok +rights");
			assertThat(pending.out()).startsWith("Pending, as " + said).contains("\n  19   compact ledger\n");
			assertThat(migrations(server)).as("nothing is migrated").isEqualTo(migrations);
			assertThat(simulator.statistics().calls()).as("by doctor").isEqualTo(calls + 1);
			// when
			Ended migrated = owner.run("migrate");
			// then
			assertThat(migrated.out())
				.startsWith("Migrated from version %s to version %s: ".formatted(OF_BEFORE, NEWEST));
			assertSuccess(migrated);
			assertSuccess(today.run("run", "--ids", ids.toString()));
			assertSuccess(before.run("run", "--ids", ids.toString()));
		}
	}

	/** The jobs do not change between the nights, so that each night has all tokens. */
	private void assertAddsUp(RolesServer server, String reports) {
		JsonNode summary = JsonMapper.shared().readTree(this.directory.resolve(reports).resolve("run-summary.json"));
		assertThat(summary.path("status").asString()).as(reports).isEqualTo("COMPLETED");
		assertThat(summary.path("reconciled").asBoolean()).as(reports).isTrue();
		assertThat(sum(summary.path("outcomes"))).as(reports).isEqualTo(JOBS);
		assertThat(sum(summary.at("/jobs/byState"))).as(reports).isEqualTo(JOBS);
		assertThat(summary.at("/tokens/total").asLong()).as(reports)
			.isEqualTo(number(server, "select sum(total_tokens) from audit.smart_job"));
	}

	private static long sum(JsonNode counts) {
		return counts.valueStream().mapToLong(JsonNode::asLong).sum();
	}

	private static long unfinished(RolesServer server) {
		return number(server, "select count(*) from audit.smart_job where state not in ('Finished', 'Failed')");
	}

	private static long number(RolesServer server, String sql) {
		return JdbcClient.create(server.superuser(DATABASE)).sql(sql).query(Long.class).single();
	}

	private static List<String> migrations(RolesServer server) {
		return JdbcClient.create(server.superuser(DATABASE))
			.sql("select script || ' ' || checksum from audit.flyway_schema_history order by installed_rank")
			.query((row, number) -> row.getString(1))
			.list();
	}

	private static void assertSuccess(Ended ended) {
		assertThat(ended.exitCode()).as(ended.err()).isZero();
	}

	private AuditProcess process(PGSimpleDataSource database, Simulator simulator) {
		return new AuditProcess(this.directory).database(database)
			.key("simulator", "simulator-secret")
			.setting("audit.api.region", "cn-shanghai")
			.setting("audit.api.endpoint", simulator.endpoint())
			.setting("audit.api.rate", 0);
	}

}
