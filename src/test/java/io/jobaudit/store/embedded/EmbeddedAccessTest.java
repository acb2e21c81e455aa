package io.jobaudit.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

import io.jobaudit.store.embedded.EmbeddedDatabase.EmbeddedDatabaseException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Who may connect to the embedded server, and who may read its files. */
@Tag("slow")
class EmbeddedAccessTest {

	/** One server's data for the tests that leave it whole: creating it takes seconds. */
	@TempDir
	private static Path shared = Path.of("");

	@TempDir
	private Path directory = Path.of("");

	@Test
	void aNewServerAcceptsOnlyThePasswordInItsFile() throws Exception {
		Path data = this.directory.resolve("above/data");

		try (EmbeddedDatabase database = EmbeddedDatabase.start(data)) {
			assertThat(database.password()).matches("[0-9a-f]{64}");
			assertThat(Files.readString(data.resolve("postgres.password"))).isEqualTo(database.password() + "\n");
			assertClosed(database);
			assertThat(query(database, "select type || ' ' || address || ' ' || auth_method from pg_hba_file_rules"))
				.containsExactly("host 127.0.0.1 scram-sha-256");
			assertThat(
					query(database, "select rolname || ' ' || left(rolpassword, 14) from pg_authid where rolcanlogin"))
				.containsExactly("postgres SCRAM-SHA-256$");
			assertThat(query(database,
					"select setting from pg_settings where name in ('listen_addresses', 'unix_socket_directories')"
							+ " order by name"))
				.as("loopback, and no socket in the file system")
				.containsExactly("127.0.0.1", "");
			assertSecretsAreTheOwners(data);
			assertThat(permissions(data)).isEqualTo("rwxr-x---");
			assertThat(permissions(data.resolve("postgres-binaries"))).isEqualTo("rwxr-x---");
			assertThat(permissions(this.directory.resolve("above"))).isEqualTo("rwxr-x---");
			assertThat(commandLines()).isNotEmpty().noneMatch((line) -> line.contains(database.password()));
		}
	}

	@Test
	void dataOfAVersionWithoutPasswordsIsKeptAndGetsOne() throws Exception {
		withoutPassword("create table kept as select 42 as answer");

		try (EmbeddedDatabase first = EmbeddedDatabase.start(this.directory)) {
			assertThat(query(first, "select answer::text from kept")).containsExactly("42");
		}
		try (EmbeddedDatabase second = EmbeddedDatabase.start(this.directory)) {
			assertThat(query(second, "select answer::text from kept")).containsExactly("42");
			assertClosed(second);
			assertSecretsAreTheOwners(this.directory);
		}
	}

	@Test
	void aFirstStartThatDiedBetweenPasswordAndRulesLeavesNoOpenServer() throws Exception {
		EmbeddedFiles files = EmbeddedFiles.in(shared);
		EmbeddedDatabase.start(shared).close();
		files.writeRules("host all all 127.0.0.1/32 trust\n");

		try (EmbeddedDatabase database = EmbeddedDatabase.start(shared)) {
			assertClosed(database);
		}
	}

	@Test
	void aPasswordThatIsLostIsReplaced() throws Exception {
		try (EmbeddedDatabase database = EmbeddedDatabase.start(shared)) {
			execute(database, "create table if not exists kept as select 42 as answer");
		}
		Files.delete(shared.resolve("postgres.password"));

		EmbeddedDatabase.start(shared).close();
		try (EmbeddedDatabase database = EmbeddedDatabase.start(shared)) {
			assertThat(query(database, "select answer::text from kept")).containsExactly("42");
			assertClosed(database);
		}
	}

	@Test
	void aWrongPasswordFileIsReportedWithItsFix() throws Exception {
		EmbeddedDatabase.start(shared).close();
		Files.writeString(shared.resolve("postgres.password"), "another");

		assertThatExceptionOfType(EmbeddedDatabaseException.class).isThrownBy(() -> EmbeddedDatabase.start(shared))
			.withMessageContaining("postgres.password")
			.withMessageContaining("delete the file");
		assertThat(ServerProcess.isRunning(shared.resolve("postgres"))).isFalse();
		Files.delete(shared.resolve("postgres.password"));
	}

	@Test
	void aDirectoryThatIsThereLosesWhatOthersMayAndGainsNothing() throws Exception {
		Files.setPosixFilePermissions(this.directory, PosixFilePermissions.fromString("rwxrwxrwx"));
		EmbeddedFiles.in(this.directory);
		assertThat(permissions(this.directory)).isEqualTo("rwxr-x---");

		Files.setPosixFilePermissions(this.directory, PosixFilePermissions.fromString("rwx------"));
		EmbeddedFiles.in(this.directory);
		assertThat(permissions(this.directory)).isEqualTo("rwx------");
	}

	/** A server as the former version started it: no password, and trust for loopback. */
	private void withoutPassword(String sql) throws Exception {
		EmbeddedFiles files = EmbeddedFiles.in(this.directory);
		EmbeddedPostgres former = EmbeddedPostgres.builder()
			.setDataDirectory(files.cluster())
			.setCleanDataDirectory(false)
			.setOverrideWorkingDirectory(files.binaries().toFile())
			.setPort(files.port())
			.setLocaleConfig("locale", "C.UTF-8")
			.start();
		try (Connection connection = former.getPostgresDatabase().getConnection()) {
			connection.createStatement().execute(sql);
		}
		former.close();
	}

	private static void assertClosed(EmbeddedDatabase database) {
		assertThatThrownBy(() -> DriverManager.getConnection(database.url(), "postgres", ""))
			.isInstanceOf(SQLException.class)
			.hasMessageContaining("password");
		assertThatThrownBy(() -> DriverManager.getConnection(database.url(), "postgres", "postgres"))
			.isInstanceOfSatisfying(SQLException.class, (ex) -> assertThat(ex.getSQLState()).isEqualTo("28P01"));
	}

	private static void assertSecretsAreTheOwners(Path data) throws IOException {
		assertThat(permissions(data.resolve("postgres.password"))).isEqualTo("rw-------");
		assertThat(permissions(data.resolve("postgres"))).isEqualTo("rwx------");
		assertThat(permissions(data.resolve("postgres/pg_hba.conf"))).isEqualTo("rw-------");
	}

	private static String permissions(Path path) throws IOException {
		return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
	}

	private static List<String> commandLines() {
		return ProcessHandle.allProcesses().flatMap((process) -> process.info().commandLine().stream()).toList();
	}

	private static List<String> query(EmbeddedDatabase database, String sql) {
		return client(database).sql(sql).query((row, number) -> row.getString(1)).list();
	}

	private static void execute(EmbeddedDatabase database, String sql) {
		client(database).sql(sql).update();
	}

	private static JdbcClient client(EmbeddedDatabase database) {
		return JdbcClient.create(new DriverManagerDataSource(database.url(), "postgres", database.password()));
	}

}
