package io.jobaudit.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import io.jobaudit.cli.AuditProcess;
import io.jobaudit.cli.AuditProcess.Ended;
import io.jobaudit.cli.AuditProcess.Running;
import io.jobaudit.simulator.Simulator;
import io.jobaudit.simulator.SimulatorOptions;
import io.jobaudit.simulator.TestOptions;
import io.jobaudit.store.embedded.EmbeddedDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Unmistakable secrets, searched for in everything that a run leaves, with all loggers at
 * their finest level, on a server that requires passwords.
 */
class SecretsIT {

	private static final String KEY_SECRET = "key-secret-0a1b2c3d4e5f";

	private static final String DATABASE_PASSWORD = "database-password-0a1b2c3d4e5f";

	/** Longer than a message may be: what is cut must not save a part of it. */
	private static final String TOKEN = IntStream.range(0, 300)
		.mapToObj("token-%04d"::formatted)
		.reduce("", String::concat);

	private static final Pattern TOKEN_PART = Pattern.compile("token-\\d{3}");

	@TempDir
	private static Path data = Path.of("");

	@SuppressWarnings("NullAway.Init") // started before all tests
	private static EmbeddedDatabase server;

	private static int databases;

	@TempDir
	private Path directory = Path.of("");

	/** A database of its own for each test, which every one of them migrates. */
	private final String url = createDatabase();

	private final Simulator simulator = Simulator.start(TestOptions
		.withSecurityToken(TestOptions.withAccessKey(SimulatorOptions.defaults(), "key-id", KEY_SECRET), TOKEN));

	@BeforeAll
	static void startServer() {
		server = EmbeddedDatabase.start(data);
		asOwner("create role app login superuser password '" + DATABASE_PASSWORD + "'");
	}

	@AfterAll
	static void stopServer() {
		server.close();
	}

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@Test
	void aCompleteRunLeavesNoSecretAnywhere() throws Exception {
		Running running = process().start("run", "--ids", ids());
		Set<String> commandLines = commandLinesUntilTheEnd(running);
		Ended ended = running.await();

		assertThat(ended.exitCode()).as(ended.err()).isEqualTo(3);
		for (String logger : List.of("TRACE ScramAuthenticator:", "DEBUG InternalHttpClient:", "DEBUG HikariConfig:",
				"DEBUG DbMigrate:")) {
			assertThat(ended.err().contains(logger)).as(logger).isTrue();
		}
		assertThat(commandLines).anyMatch((line) -> line.contains("--ids"));
		assertNoSecretIn(String.join("\n", commandLines));
		assertNoSecretIn(ended.out());
		assertNoSecretIn(ended.err());
		assertNoSecretIn(reports());
		assertNoSecretIn(tables());
	}

	@Test
	void aRejectedSignatureIsReportedWithoutTheTokenItQuotes() throws Exception {
		Ended ended = process().key("key-id", KEY_SECRET + "-mistyped").run("run", "--ids", ids());

		assertThat(ended.exitCode()).as(ended.err()).isEqualTo(77);
		assertThat(ended.err()).contains("SignatureDoesNotMatch", "x-acs-security-token:***");
		assertNoSecretIn(ended.out());
		assertNoSecretIn(ended.err());
		assertNoSecretIn(tables());
	}

	@Test
	void aRefusedLoginShowsNoPasswordWhereverItWasGiven() throws Exception {
		PGSimpleDataSource stranger = login(this.url, "app", DATABASE_PASSWORD + "-mistyped");
		Ended inProperty = process().database(stranger).run("run", "--ids", ids());
		Ended inUrl = process().environment("SPRING_DATASOURCE_USERNAME", "")
			.environment("SPRING_DATASOURCE_PASSWORD", "")
			.environment("SPRING_DATASOURCE_URL", this.url + "?user=app&password=" + DATABASE_PASSWORD + "-mistyped")
			.run("run", "--ids", ids());

		for (Ended ended : List.of(inProperty, inUrl)) {
			assertThat(ended.exitCode()).as(ended.err()).isEqualTo(77);
			assertThat(ended.err()).contains("password authentication failed");
			assertNoSecretIn(ended.out());
			assertNoSecretIn(ended.err());
		}
	}

	private static String createDatabase() {
		databases++;
		asOwner("create database test" + databases);
		return server.url().replaceFirst("/postgres$", "/test" + databases);
	}

	private static void asOwner(String sql) {
		JdbcClient.create(login(server.url(), "postgres", server.password())).sql(sql).update();
	}

	private AuditProcess process() {
		return new AuditProcess(this.directory).database(login(this.url, "app", DATABASE_PASSWORD))
			.key("key-id", KEY_SECRET)
			.environment("ALIBABA_CLOUD_SECURITY_TOKEN", TOKEN)
			.setting("audit.api.region", "cn-shanghai")
			.setting("audit.api.endpoint", this.simulator.endpoint())
			.setting("audit.retry.delay", "5ms")
			.setting("audit.retry.max-delay", "20ms")
			.setting("logging.level.root", "DEBUG")
			.setting("logging.level.org.flywaydb.core.internal.command", "DEBUG")
			.setting("logging.level.org.postgresql", "TRACE")
			.setting("logging.level.com.zaxxer.hikari", "TRACE")
			.setting("logging.level.org.springframework.jdbc", "TRACE")
			.setting("logging.level.io.jobaudit", "TRACE");
	}

	private String ids() throws IOException {
		return Files.writeString(this.directory.resolve("ids.csv"), "0a1b2c3d4e5f\nbroken-1\nodd-1\nunknown-1\nno id\n")
			.toString();
	}

	private static Set<String> commandLinesUntilTheEnd(Running running) {
		Set<String> commandLines = new TreeSet<>();
		Awaitility.await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(50)).until(() -> {
			Stream.concat(Stream.of(running.process().toHandle()), running.process().descendants())
				.forEach((process) -> commandLines.add(commandLine(process.pid())));
			return !running.process().isAlive();
		});
		return commandLines;
	}

	private static String commandLine(long pid) {
		try {
			return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline")).replace('\0', ' ');
		}
		catch (IOException ex) {
			return "";
		}
	}

	/** All reports as text; a workbook is a zip of XML. */
	private String reports() throws IOException {
		List<String> texts = new ArrayList<>();
		try (Stream<Path> files = Files.walk(this.directory.resolve("reports"))) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				texts.add(file.toString().endsWith(".xlsx") ? unzipped(file) : Files.readString(file));
			}
		}
		assertThat(texts).hasSize(9);
		return String.join("\n", texts);
	}

	private static String unzipped(Path file) throws IOException {
		StringBuilder text = new StringBuilder();
		try (ZipFile zip = new ZipFile(file.toFile())) {
			for (ZipEntry entry : Collections.list(zip.entries())) {
				text.append(new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
			}
		}
		return text.toString();
	}

	/** Every row of every table as text. */
	private String tables() throws SQLException {
		JdbcClient jdbc = JdbcClient.create(login(this.url, "app", DATABASE_PASSWORD));
		List<String> tables = jdbc
			.sql("select oid::regclass::text from pg_class where relkind = 'r'"
					+ " and relnamespace in ('audit'::regnamespace, 'batch'::regnamespace)")
			.query((row, number) -> row.getString(1))
			.list();
		assertThat(tables).contains("audit.audit_run", "batch.batch_job_execution");
		return String.join("\n",
				tables.stream()
					.flatMap((table) -> jdbc.sql("select t::text from " + table + " t").query(String.class).stream())
					.toList());
	}

	private static void assertNoSecretIn(String text) {
		assertThat(text.contains(KEY_SECRET)).as("the access key's secret").isFalse();
		assertThat(text.contains(DATABASE_PASSWORD)).as("the database's password").isFalse();
		assertThat(TOKEN_PART.matcher(text).find()).as("any part of the token").isFalse();
	}

	private static PGSimpleDataSource login(String url, String user, String password) {
		PGSimpleDataSource login = new PGSimpleDataSource();
		login.setUrl(url);
		login.setUser(user);
		login.setPassword(password);
		return login;
	}

}
