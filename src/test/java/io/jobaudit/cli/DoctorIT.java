package io.jobaudit.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
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
		assertThat(healthy.out().lines()).hasSize(13).allSatisfy((line) -> assertThat(line).startsWith("ok  "));
		assertThat(healthy.out())
			.containsPattern("(?m)^ok    clock +differs from the API's by [01] s, from the database's by [01] s$")
			.containsPattern("(?m)^ok    database .*, encoding UTF8$");
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
			.containsPattern(
					"(?m)^warn  tables .*tables of an earlier release \\(version " + newest + " needed, \\d+ there\\)")
			.doesNotContainPattern("(?m)^\\w+ +(rights|lock|definitions) ");
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
			.containsPattern("(?m)^FAIL  database +cannot connect to the database at 127.0.0.1:1: Connection refused$")
			.containsPattern("(?m)^ok    reports ");
		assertThat(unavailable.out().lines().filter((line) -> line.startsWith("FAIL"))).as("a fault is one line")
			.hasSize(2);
		assertThat(unavailable.exitCode()).isEqualTo(ExitStatus.UNAVAILABLE.code());
	}

	@Test
	void aDatabaseWhoseHostIsUnknownIsNamedByDoctorAndRun() throws IOException {
		AuditProcess lost = process().environment("SPRING_DATASOURCE_URL", "jdbc:postgresql://db.invalid:5433/audit");
		String said = "cannot connect to the database at db.invalid:5433: unknown host db.invalid";

		assertThat(lost.run("doctor").out().lines().filter((line) -> line.startsWith("FAIL"))).singleElement()
			.asString()
			.matches("FAIL  database +" + said);
		Ended run = lost.run("run", "--ids", Files.writeString(this.directory.resolve("ids.csv"), "x\n").toString());
		assertThat(run.err()).contains(said + " (exit 69)");
	}

	@Test
	void whatANightNeedsBesidesIsFoundIfItIsThere() throws IOException {
		List<String> requests = new CopyOnWriteArrayList<>();
		HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
		server.createContext("/", (exchange) -> {
			requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
			exchange.sendResponseHeaders(404, -1);
			exchange.close();
		});
		server.start();
		GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
		mail.start();
		Files.writeString(Files.createDirectory(this.directory.resolve("config")).resolve("prices.csv"),
				"job_type,currency,price_per_1000_tokens,valid_from,valid_to,note\nASR,CNY,1,2026-01-01,,\n");
		String here = "http://127.0.0.1:" + server.getAddress().getPort();

		Ended equipped = process().setting("audit.notify.url", here + "/hook?token=hidden")
			.setting("audit.notify.mail.to", "ops@corp.example")
			.setting("spring.mail.host", "127.0.0.1")
			.setting("spring.mail.port", mail.getSmtp().getPort())
			.setting("audit.metrics.textfile", "job-audit.prom")
			.setting("audit.metrics.pushgateway.url", here)
			.setting("management.otlp.metrics.export.url", here + "/v1/metrics")
			.setting("audit.ids.datasource.url", url(this.database))
			.setting("audit.ids.datasource.username", Objects.requireNonNull(this.database.getUser()))
			.setting("audit.ids.datasource.password", Objects.requireNonNullElse(this.database.getPassword(), ""))
			.run("doctor");
		mail.stop();
		server.stop(0);

		assertThat(equipped.exitCode()).as(equipped.out()).isZero();
		assertThat(equipped.out().lines()).hasSize(17).allSatisfy((line) -> assertThat(line).startsWith("ok  "));
		assertThat(equipped.out()).containsPattern("(?m)^ok    prices +prices in config/prices.csv: 1$")
			.containsPattern("(?m)^ok    ids query +jdbc:postgresql://\\S+ accepts the login$")
			.containsPattern("(?m)^ok    metrics .*job-audit.prom is writable, " + here + " is reachable, " + here
					+ "/v1/metrics is reachable$")
			.containsPattern("(?m)^ok    webhook +127.0.0.1 answers$")
			.containsPattern("(?m)^ok    mail +the mail server 127.0.0.1:\\d+ accepts mail$")
			.doesNotContain("hidden");
		assertThat(requests).as("no message, and not the token").containsExactly("HEAD /");
		assertThat(mail.getReceivedMessages()).isEmpty();
		assertThat(this.jdbc.sql("select count(*) from audit.price").query(Long.class).single())
			.as("the doctor loads no prices")
			.isZero();
	}

	@Test
	void whatANightNeedsBesidesIsFoundIfItIsMissing() throws IOException {
		Files.createDirectories(this.directory.resolve("reports/run-1"));
		Files.writeString(this.directory.resolve("reports/run-1/run-summary.json"), "{}");

		Ended lacking = process().setting("audit.api.region", "shanghai")
			.setting("audit.notify.url", "http://127.0.0.1:1/hook?token=hidden")
			.setting("audit.notify.mail.to", "ops@corp.example")
			.setting("spring.mail.port", 1)
			.setting("audit.metrics.textfile", "/nonexist/x.prom")
			.setting("audit.ids.datasource.url", "jdbc:postgresql://db.invalid/shop")
			.setting("audit.prices.file", "/nonexist.csv")
			.run("doctor");

		assertThat(lacking.out()).containsPattern("(?m)^warn  settings .*region shanghai.*regions are like cn-shanghai")
			.containsPattern("(?m)^FAIL  prices .*/nonexist.csv: no such file")
			.containsPattern("(?m)^FAIL  ids query .*does not answer: unknown host db.invalid")
			.containsPattern("(?m)^FAIL  reports .*reports/run-1 has files, but no run-summary.json of this run")
			.containsPattern("(?m)^warn  metrics .*/nonexist/x.prom: no such file or directory")
			.containsPattern("(?m)^warn  webhook +the webhook at 127.0.0.1 does not answer: .*Connection refused")
			.containsPattern("(?m)^warn  mail +the mail server localhost:1 does not answer: Connection refused")
			.doesNotContain("hidden");
		assertThat(lacking.exitCode()).as("that of the first failure: " + lacking.out()).isEqualTo(78);
	}

	@Test
	void aClockThatTheApiDoesNotShareIsFound() throws Exception {
		String answer = "HTTP/1.1 404 Not Found\r\nDate: Sun, 01 Nov 2026 00:00:00 GMT\r\nx-acs-request-id: R\r\n"
				+ "Connection: close\r\n\r\n{\"Code\": \"ResourceNotFound\", \"Message\": \"unknown\"}";
		try (ServerSocket late = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			Thread answering = new Thread(() -> answer(late, answer));
			answering.start();
			Ended skewed = process().setting("audit.api.endpoint", "http://127.0.0.1:" + late.getLocalPort())
				.run("doctor");
			answering.join();

			assertThat(skewed.out()).containsPattern("(?m)^ok    API ")
				.containsPattern(
						"(?m)^FAIL  clock +differs from the API's by \\d{5,} s, from the database's by [01] s; the API allows 15 minutes");
			assertThat(skewed.exitCode()).isEqualTo(ExitStatus.CONFIGURATION.code());
		}
	}

	@Test
	void tablesOfALaterReleaseAreSaidByTheDoctorAndByNoOtherCommand() {
		this.jdbc.sql("""
				insert into audit.flyway_schema_history
				  (installed_rank, version, description, type, script, installed_by, execution_time, success)
				values (999, '999', 'later', 'SQL', 'V999__later.sql', 'x', 1, true)
				""").update();

		Ended doctor = process().run("doctor");
		Ended other = process().run("runs");

		assertThat(doctor.out())
			.containsPattern("(?m)^warn  tables .*tables of a later release \\(version \\d+ needed, 999 there\\)")
			.containsPattern("(?m)^ok    rights ");
		assertThat(doctor.exitCode()).isZero();
		assertThat(other.exitCode()).isZero();
		assertThat(other.err()).isEmpty();
	}

	@Test
	void theEmbeddedDatabaseIsAWarningOrNothingOrRefused() {
		AuditProcess without = new AuditProcess(this.directory).key(OPTIONS.accessKeyId(), OPTIONS.accessKeySecret())
			.setting("audit.api.region", "cn-shanghai")
			.setting("audit.api.endpoint", this.simulator.endpoint());

		assertThat(without.run("doctor").out()).containsPattern(
				"(?m)^warn  database +a run writes into the embedded database in \\S+/data, because spring.datasource.url is not set$");
		assertThat(without.setting("audit.embedded-database", "allow").run("doctor").out())
			.containsPattern("(?m)^ok    database +embedded, in ");
		Ended refused = without.setting("audit.embedded-database", "refuse").run("doctor");
		assertThat(refused.out()).containsPattern("(?m)^FAIL  database +spring.datasource.url is not set");
		assertThat(refused.exitCode()).isEqualTo(ExitStatus.CONFIGURATION.code());
		assertThat(this.directory.resolve("data")).as("the doctor starts no server").doesNotExist();
	}

	private static void answer(ServerSocket server, String answer) {
		try (Socket client = server.accept()) {
			client.getInputStream().read(new byte[8192]);
			client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String url(PGSimpleDataSource database) {
		return "jdbc:postgresql://%s:%d/%s".formatted(database.getServerNames()[0], database.getPortNumbers()[0],
				database.getDatabaseName());
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
