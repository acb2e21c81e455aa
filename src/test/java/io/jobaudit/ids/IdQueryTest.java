package io.jobaudit.ids;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.jobaudit.ConfigurationException;
import io.jobaudit.ExitStatus;
import io.jobaudit.TestPostgres;
import io.jobaudit.ids.IdQuery.IdsDatabase;
import io.jobaudit.ids.InputLine.RequestedId;
import io.jobaudit.store.FailureStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Queries a real PostgreSQL and a real MariaDB for ids. */
@Tag("slow")
class IdQueryTest {

	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	private static final int ROWS = 20_000;

	private static final PGSimpleDataSource POSTGRES = TestPostgres.emptyDatabase();

	private static @Nullable MariaDb mariaDb;

	@TempDir
	private static Path serverDirectory = Path.of("");

	@TempDir
	private Path directory = Path.of("");

	enum Server {

		POSTGRESQL, MARIADB

	}

	@BeforeAll
	static void fill() throws Exception {
		JdbcClient.create(POSTGRES)
			.sql("create table job as select 'job-' || n as task, nullif(n %% 3, 0) as team, 'a \"b\", %s' as note from generate_series(1, %d) n"
				.formatted("\u667a\n", ROWS))
			.update();
		if (Files.exists(MariaDb.SERVER)) {
			mariaDb = MariaDb.start(serverDirectory);
			mariaDb.execute(List.of("create database shop character set utf8mb4", "use shop",
					"create table job as select concat('job-', seq) as task, nullif(seq %% 3, 0) as team, 'a \"b\", %s' as note from seq_1_to_%d"
						.formatted("\u667a\n", ROWS),
					"create user reader identified by 'secret'", "grant select, insert on shop.* to reader"));
		}
	}

	@AfterAll
	static void stop() {
		if (mariaDb != null) {
			mariaDb.close();
		}
	}

	@ParameterizedTest
	@EnumSource
	void theFirstColumnIsTheIdAndTheOthersAreLabels(Server server) throws Exception {
		List<InputLine> lines = ask(server,
				"select task, team, note as \"The Note\" from job order by length(task), task;\n");

		assertThat(lines).hasSize(ROWS);
		assertThat(lines.get(0)).isInstanceOfSatisfying(RequestedId.class, (line) -> {
			assertThat(line.id().value()).isEqualTo("job-1");
			assertThat(line.labels()).containsEntry("team", "1").containsEntry("The Note", "a \"b\", \u667a");
		});
		assertThat(((RequestedId) lines.get(2)).labels()).as("null is left out").doesNotContainKey("team");
		assertThat(((RequestedId) lines.get(ROWS - 1)).id().value()).isEqualTo("job-" + ROWS);
	}

	@ParameterizedTest
	@EnumSource
	void aNullIdIsALineWithoutAnIdAndIsNotSkipped(Server server) throws Exception {
		List<InputLine> lines = ask(server,
				"select nullif(task, 'job-2') as task from job where task in ('job-1', 'job-2')");

		assertThat(lines).hasSize(2);
		assertThat(lines.stream().filter(InputLine.MalformedLine.class::isInstance)).hasSize(1);
	}

	@Test
	void aUrlOfMySqlIsAccepted() throws Exception {
		Assumptions.assumeTrue(mariaDb != null, MariaDb.SERVER + " is not installed");
		IdsProperties.Datasource mysql = new IdsProperties.Datasource(
				url(Server.MARIADB).replace("jdbc:mariadb:", "jdbc:mysql:"), "reader", "secret", null, 500, TIMEOUT);

		assertThat(ReadLines.of(query(mysql).ask(sql("select task from job limit 3")))).hasSize(3);
	}

	@ParameterizedTest
	@EnumSource
	void aQueryThatWritesIsRejectedAndWritesNothing(Server server) {
		assertThatThrownBy(() -> ask(server, "insert into job (task) values ('job-x')"))
			.isInstanceOf(BadInputException.class)
			.hasMessageContaining("ids.sql: the query writes, but must only read: ");
		assertThatThrownBy(() -> ask(server, "select * from job where task = 'job-x'").get(0))
			.isInstanceOf(IndexOutOfBoundsException.class);
	}

	@ParameterizedTest
	@EnumSource
	void aQueryThatTakesTooLongIsReportedWithTheSetting(Server server) {
		String slow = (server == Server.POSTGRESQL) ? "select pg_sleep(30)::text"
				: "select sum(a.seq * b.seq) from seq_1_to_1000000 a, seq_1_to_1000000 b";

		assertThatThrownBy(() -> ask(server, slow)).isInstanceOf(BadInputException.class)
			.hasMessageContaining("ids.sql: the query took longer than 2s (audit.ids.datasource.query-timeout);");
	}

	@ParameterizedTest
	@EnumSource
	void aWrongStatementIsReportedInTheDatabasesWords(Server server) {
		assertThatThrownBy(() -> ask(server, "select task frm job")).isInstanceOf(BadInputException.class)
			.hasMessageContainingAll("ids.sql: the database rejects the query: ", "job")
			.hasMessageNotContaining("Position:");
		assertThatThrownBy(() -> ask(server, " ;\n")).isInstanceOf(BadInputException.class)
			.hasMessageContaining("ids.sql: the file is empty; ");
	}

	@ParameterizedTest
	@EnumSource
	void aWrongPasswordIsReportedByTheDatabase(Server server) {
		Assumptions.assumeTrue(server == Server.MARIADB && mariaDb != null, "the embedded PostgreSQL trusts its users");

		IdsProperties.Datasource wrong = new IdsProperties.Datasource(url(server), "reader", "wrong", null, 500,
				TIMEOUT);

		assertThatThrownBy(() -> query(wrong).ask(sql("select 1")))
			.satisfies((failure) -> assertThat(FailureStatus.of(failure)).isEqualTo(ExitStatus.PERMISSION))
			.hasMessageContaining("the database of the ids refuses the login: ");
	}

	@ParameterizedTest
	@EnumSource
	void whatTheDatabaseOfTheIdsSaysIsNeverTakenForAnOutageOfOurs(Server server) {
		String slow = (server == Server.POSTGRESQL) ? "select pg_sleep(30)::text"
				: "select sum(a.seq * b.seq) from seq_1_to_1000000 a, seq_1_to_1000000 b";
		assertThatThrownBy(() -> ask(server, slow))
			.satisfies((failure) -> assertThat(FailureStatus.of(failure)).isEqualTo(ExitStatus.INPUT));
		assertThatThrownBy(() -> ask(server, "select task from other.job")).satisfies(
				(failure) -> assertThat(FailureStatus.of(failure)).isIn(ExitStatus.INPUT, ExitStatus.PERMISSION));
		IdsProperties.Datasource away = new IdsProperties.Datasource(
				(server == Server.POSTGRESQL) ? "jdbc:postgresql://127.0.0.1:1/x" : "jdbc:mariadb://127.0.0.1:1/x",
				"reader", "x", null, 500, TIMEOUT);
		assertThatThrownBy(() -> query(away).ask(sql("select 1")))
			.satisfies((failure) -> assertThat(FailureStatus.of(failure)).isEqualTo(ExitStatus.UNAVAILABLE))
			.hasMessageContaining("the database of the ids does not answer: ");
	}

	@Test
	void aUserWithoutRightsIsToldWhatToGrant() throws Exception {
		JdbcClient.create(POSTGRES).sql("""
				do $$ begin create role idless login; exception when duplicate_object then null; end $$""").update();
		IdsProperties.Datasource idless = new IdsProperties.Datasource(url(Server.POSTGRESQL), "idless", "x", null, 500,
				TIMEOUT);

		assertThatThrownBy(() -> query(idless).ask(sql("select task from job")))
			.satisfies((failure) -> assertThat(FailureStatus.of(failure)).isEqualTo(ExitStatus.PERMISSION))
			.hasMessageContainingAll("may not run the query: ", "grant it select");
	}

	@Test
	void withoutAUrlTheApplicationsOwnDatabaseIsUsed() throws Exception {
		IdQuery query = new IdQuery(none(), new IdsDatabase(none(), () -> POSTGRES));

		assertThat(ReadLines.of(query.ask(sql("select task from job limit 50")))).hasSize(50);
	}

	@Test
	void aMissingDriverIsReportedWithoutTheSecretsOfTheUrl() throws IOException {
		Path notAJar = Files.writeString(this.directory.resolve("x.jar"), "x");
		String url = "jdbc:oracle:thin:scott/tiger@//db.example/x";

		assertThatThrownBy(
				() -> query(new IdsProperties.Datasource(url, null, null, null, 500, TIMEOUT)).ask(sql("select 1")))
			.isInstanceOf(ConfigurationException.class)
			.hasMessageContainingAll("audit.ids.datasource.url starts with jdbc:oracle:, for which", "driver-jar")
			.hasMessageNotContaining("tiger");
		assertThatThrownBy(
				() -> query(new IdsProperties.Datasource(url, null, null, notAJar, 500, TIMEOUT)).ask(sql("select 1")))
			.isInstanceOf(ConfigurationException.class)
			.hasMessageContaining("has no driver");
		assertThatThrownBy(
				() -> query(new IdsProperties.Datasource(url, null, null, Path.of("nowhere.jar"), 500, TIMEOUT))
					.ask(sql("select 1")))
			.isInstanceOf(ConfigurationException.class)
			.hasMessageContaining("no such file " + Path.of("nowhere.jar").toAbsolutePath());
	}

	@Test
	void aDriverOfAnotherJarIsUsed() throws Exception {
		Path jar = Path.of(PGSimpleDataSource.class.getProtectionDomain().getCodeSource().getLocation().toURI());

		IdsProperties.Datasource other = new IdsProperties.Datasource(url(Server.POSTGRESQL), POSTGRES.getUser(),
				POSTGRES.getPassword(), jar, 500, TIMEOUT);

		assertThat(ReadLines.of(query(other).ask(sql("select task from job limit 3")))).hasSize(3);
	}

	private List<InputLine> ask(Server server, String sql) throws Exception {
		Assumptions.assumeTrue(server == Server.POSTGRESQL || mariaDb != null, MariaDb.SERVER + " is not installed");
		IdsProperties.Datasource database = (server == Server.POSTGRESQL) ? new IdsProperties.Datasource(url(server),
				POSTGRES.getUser(), POSTGRES.getPassword(), null, 500, TIMEOUT)
				: new IdsProperties.Datasource(url(server), "reader", "secret", null, 500, TIMEOUT);
		return ReadLines.of(query(database).ask(sql(sql.replace('"', (server == Server.MARIADB) ? '`' : '"'))));
	}

	private static String url(Server server) {
		if (server == Server.MARIADB && mariaDb != null) {
			return mariaDb.url() + "shop";
		}
		return "jdbc:postgresql://%s:%d/%s".formatted(POSTGRES.getServerNames()[0], POSTGRES.getPortNumbers()[0],
				POSTGRES.getDatabaseName());
	}

	private static IdQuery query(IdsProperties.Datasource database) {
		return new IdQuery(database, new IdsDatabase(database, () -> POSTGRES));
	}

	private static IdsProperties.Datasource none() {
		return new IdsProperties.Datasource(null, null, null, null, 500, TIMEOUT);
	}

	private Path sql(String sql) throws IOException {
		return Files.writeString(this.directory.resolve("ids.sql"), sql);
	}

}
