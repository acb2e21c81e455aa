package io.jobaudit.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

import io.jobaudit.TestPostgres;
import io.jobaudit.cli.AuditProcess.Ended;
import io.jobaudit.simulator.SimulatedJobs;
import io.jobaudit.simulator.Simulator;
import io.jobaudit.simulator.SimulatorOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Every exit code, by a process that ends with it. */
class ExitCodeTest {

	private static final String IDS = "job_id\n" + "0a1b2c3d4e5f\n".repeat(2) + "1a2b3c4d5e6f\nunknown-1\n";

	@TempDir
	private Path directory = Path.of("");

	private final Simulator simulator = Simulator.start(SimulatorOptions.defaults());

	private final PGSimpleDataSource database = TestPostgres.emptyDatabase();

	private final JdbcClient jdbc = JdbcClient.create(this.database);

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@Test
	void completeIs0() throws Exception {
		Ended ended = run(process(), IDS);

		assertThat(ended.exitCode()).as(ended.err()).isZero();
		assertThat(ended.out()).contains("It adds up.", "/reports/run-1/failures.xlsx");
		assertThat(
				JsonMapper.shared().readTree(this.directory.resolve("reports/run-1/run-summary.json")).path("exitCode"))
			.hasToString("0");
		assertThat(ended.err()).doesNotContain("simulator-secret");
	}

	@Test
	void tooManyFailedJobsAre2() throws Exception {
		String failed = "failed-job-";
		int number = 0;
		while (!"Failed".equals(stateOf(failed + number))) {
			number++;
		}

		Ended ended = run(process().setting("audit.limits.max-failed-percent", 10), failed + number + "\n");

		assertThat(ended.exitCode()).as(ended.err()).isEqualTo(2);
		assertThat(this.jdbc.sql("select status || exit_code from audit.audit_run").query(String.class).single())
			.isEqualTo("COMPLETED2");
	}

	@Test
	void unreadableIdsAre3AndCanBeGivenBack() throws Exception {
		AuditProcess process = process().setting("audit.retry.delay", "5ms").setting("audit.retry.max-delay", "20ms");

		Ended ended = run(process, "job_id,team\n1a2b3c4d5e6f,a\nbroken-1,b\ngarbled-1,c\n");

		assertThat(ended.exitCode()).as(ended.err()).isEqualTo(3);
		Path unreadable = this.directory.resolve("reports/run-1/unreadable-ids.csv");
		assertThat(Files.readAllLines(unreadable)).hasSize(3);
		Ended again = process.run("run", "--ids", unreadable.toString());
		assertThat(again.exitCode()).as("the job stored before tells two bad ids from an outage: " + again.err())
			.isEqualTo(3);
		assertThat(this.jdbc.sql("select labels::text from audit.audit_item where run_id = 2 order by item_no")
			.query(String.class)
			.list()).containsExactly("{\"team\": \"b\"}", "{\"team\": \"c\"}");
	}

	@Test
	void wrongUsageIs64() {
		assertThat(process().run("run").exitCode()).isEqualTo(64);
		assertThat(process().run("run", "--ids", "x.csv", "--no-such-option").exitCode()).isEqualTo(64);
		assertThat(process().run("walk").exitCode()).isEqualTo(64);
		assertThat(process().run().exitCode()).isEqualTo(64);
		assertThat(process().run("simulator", "--faults", "rain=1").exitCode()).isEqualTo(64);
	}

	@Test
	void aBadInputFileIs65() throws Exception {
		Ended missing = process().run("run", "--ids", "missing.csv");
		Ended noColumn = run(process(), "task,team\na,b\n");
		Ended noId = run(process(), "job_id\nnot an id\n;\n");

		assertThat(missing.exitCode()).isEqualTo(65);
		assertThat(missing.err()).contains("there is no file").contains("missing.csv").doesNotContain("\tat ");
		assertThat(noColumn.exitCode()).isEqualTo(65);
		assertThat(noColumn.err()).contains("[task, team]");
		assertThat(noId.exitCode()).as(noId.err()).isEqualTo(65);
		assertThat(noId.err()).contains("of the 2 data lines").contains("line 2: \"not an id\" is BAD_CHARACTER");
		assertThat(this.simulator.statistics().calls()).isZero();
	}

	@Test
	void anApiOutOfReachIs69WithEveryIdPending() throws Exception {
		Ended ended = run(process().setting("audit.api.endpoint", "http://127.0.0.1:" + closedPort())
			.setting("audit.api.outage-patience", "1s")
			.setting("audit.retry.delay", "50ms"), IDS);

		assertThat(ended.exitCode()).as(ended.err()).isEqualTo(69);
		assertThat(ended.err()).contains("audit.api.outage-patience");
		assertThat(pending()).isEqualTo(3);
		Ended again = run(process(), IDS);
		assertThat(again.exitCode()).as(again.err()).isZero();
		assertThat(again.out()).contains("Run 1 is complete");
	}

	@Test
	void aDatabaseOutOfReachIs69() throws Exception {
		Ended ended = run(
				process().environment("SPRING_DATASOURCE_URL", "jdbc:postgresql://127.0.0.1:" + closedPort() + "/x")
					.setting("spring.datasource.hikari.connection-timeout", 500),
				IDS);

		assertThat(ended.exitCode()).as(ended.err()).isEqualTo(69);
		assertThat(ended.err()).contains("the database: ").contains("refused");
		assertThat(this.simulator.statistics().calls()).isZero();
	}

	@Test
	void aDatabaseWhoseDiskStaysFullIs69() throws Exception {
		run(process(), IDS);
		this.jdbc
			.sql("create function audit.full() returns trigger language plpgsql as"
					+ " 'begin raise exception ''no space left on device'' using errcode = ''53100''; end'")
			.update();
		this.jdbc.sql("create trigger full_disk before update on audit.audit_item execute function audit.full()")
			.update();

		Ended ended = run(process().setting("audit.store.outage-patience", "2s"), IDS + "\n");

		assertThat(ended.exitCode()).as(ended.err()).isEqualTo(69);
		assertThat(ended.err()).contains("no space left on device");
		assertThat(pending()).isEqualTo(3);
	}

	@Test
	void aRunThatDoesNotReconcileIs70() throws Exception {
		run(process(), IDS);
		this.jdbc.sql("create function audit.lose() returns trigger language plpgsql as 'begin return null; end'")
			.update();
		this.jdbc.sql(
				"create trigger lose before insert on audit.audit_rejected_line for each row execute function audit.lose()")
			.update();

		Ended ended = run(process(), IDS + "\n");

		assertThat(ended.exitCode()).as(ended.err()).isEqualTo(70);
		assertThat(ended.err()).contains("lines read is 4, but distinct ids + duplicates + malformed is 3");
		assertThat(this.directory.resolve("reports/run-2")).doesNotExist();
	}

	@Test
	void aReportThatCannotBeWrittenIs73AndTheNextRunWritesIt() throws Exception {
		Files.writeString(this.directory.resolve("reports"), "a file in the way");

		Ended ended = run(process(), IDS);
		long calls = this.simulator.statistics().calls();
		Files.delete(this.directory.resolve("reports"));
		Ended again = run(process(), IDS);

		assertThat(ended.exitCode()).as(ended.err()).isEqualTo(73);
		assertThat(again.exitCode()).as(again.err()).isZero();
		assertThat(this.simulator.statistics().calls()).isEqualTo(calls);
		assertThat(this.directory.resolve("reports/run-1/token-spend.xlsx")).exists();
	}

	@Test
	void aWrongKeyIs77AfterOneCallAndMarksNoId() throws Exception {
		Ended ended = run(process().key("simulator", "not-the-secret"), IDS);

		assertThat(ended.exitCode()).as(ended.err()).isEqualTo(77);
		assertThat(ended.err()).contains("SignatureDoesNotMatch").doesNotContain("not-the-secret", "Signature=");
		assertThat(this.simulator.statistics().calls()).isEqualTo(1);
		assertThat(pending()).isEqualTo(3);
	}

	@Test
	void noCredentialsAre77WithoutACall() throws Exception {
		AuditProcess process = new AuditProcess(this.directory).database(this.database)
			.setting("audit.api.region", "cn-shanghai")
			.setting("audit.api.endpoint", this.simulator.endpoint());

		Ended ended = run(process, IDS);

		assertThat(ended.exitCode()).as(ended.err()).isEqualTo(77);
		assertThat(ended.err()).contains("ALIBABA_CLOUD_ACCESS_KEY_ID");
		assertThat(this.simulator.statistics().calls()).isZero();
	}

	@Test
	void badConfigurationIs78() throws Exception {
		Ended noRegion = run(new AuditProcess(this.directory).database(this.database), IDS);
		Ended plainHttp = run(process().setting("audit.api.endpoint", "http://ice.cn-shanghai.aliyuncs.com"), IDS);
		Ended noNumber = run(process().setting("audit.api.rate", "fast"), IDS);

		assertThat(noRegion.exitCode()).as(noRegion.err()).isEqualTo(78);
		assertThat(noRegion.err()).contains("audit.api.region");
		assertThat(plainHttp.exitCode()).as(plainHttp.err()).isEqualTo(78);
		assertThat(plainHttp.err()).contains("to loopback only");
		assertThat(noNumber.exitCode()).as(noNumber.err()).isEqualTo(78);
		assertThat(noNumber.err()).contains("audit.api.rate", "\"fast\"");
		assertThat(this.simulator.statistics().calls()).isZero();
	}

	@Test
	void helpAndVersionAre0() {
		Ended help = process().run("--help");
		Ended version = process().run("--version");

		assertThat(help.exitCode()).isZero();
		assertThat(help.out()).contains("run", "demo", "simulator", "Exit codes");
		assertThat(version.exitCode()).isZero();
		assertThat(version.out()).matches("job-audit \\d+\\.\\d+\\.\\d+\\R");
	}

	private AuditProcess process() {
		return new AuditProcess(this.directory).database(this.database)
			.key("simulator", "simulator-secret")
			.setting("audit.api.region", "cn-shanghai")
			.setting("audit.api.endpoint", this.simulator.endpoint());
	}

	private Ended run(AuditProcess process, String ids) throws IOException {
		return process.run("run", "--ids", Files.writeString(this.directory.resolve("ids.csv"), ids).toString());
	}

	private long pending() {
		return this.jdbc.sql("select count(*) from audit.audit_item where outcome is null and attempts = 0")
			.query(Long.class)
			.single();
	}

	private static String stateOf(String id) {
		return SimulatedJobs.of(id).orElseThrow().state();
	}

	private static int closedPort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

}
