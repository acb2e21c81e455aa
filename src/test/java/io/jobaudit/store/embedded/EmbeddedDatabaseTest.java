package io.jobaudit.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.jobaudit.store.embedded.EmbeddedDatabase.EmbeddedDatabaseException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Tag("slow")
class EmbeddedDatabaseTest {

	@TempDir
	private Path directory = Path.of("");

	@Test
	void dataIsKeptForTheNextRunOnTheSamePort() throws Exception {
		String url;
		String password;
		try (EmbeddedDatabase first = EmbeddedDatabase.start(this.directory)) {
			url = first.url();
			password = first.password();
			execute(first, "create table kept as select 42 as answer");
		}

		try (EmbeddedDatabase second = EmbeddedDatabase.start(this.directory)) {
			assertThat(second.url()).isEqualTo(url);
			assertThat(second.password()).isEqualTo(password);
			assertThat(select(second, "select answer from kept")).isEqualTo("42");
			assertThat(select(second, "show fsync")).isEqualTo("on");
			assertThat(select(second, "show synchronous_commit")).isEqualTo("on");
			assertThat(select(second, "show listen_addresses")).isEqualTo("127.0.0.1");
		}
	}

	@Test
	void eachDirectoryRunsProgramsOfItsOwn() throws Exception {
		Path gone = this.directory.resolve("gone");
		EmbeddedDatabase.start(gone).close();
		FileSystemUtils.deleteRecursively(gone);

		try (EmbeddedDatabase database = EmbeddedDatabase.start(this.directory.resolve("there"))) {
			execute(database, "set time zone 'Pacific/Marquesas'");
			assertThat(select(database, "select current_setting('data_directory')")).contains("there");
		}
	}

	@Test
	void aSecondProcessOnTheSameDataIsAGuest() throws Exception {
		try (EmbeddedDatabase owner = EmbeddedDatabase.start(this.directory)) {
			// A lock is held by a process; within one, a second try is refused otherwise.
			Process guest = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
					"-cp", System.getProperty("java.class.path"), Guest.class.getName(), this.directory.toString())
				.redirectErrorStream(true)
				.start();
			String output = new String(guest.getInputStream().readAllBytes());

			assertThat(guest.waitFor()).as(output).isZero();
			assertThat(output).contains(owner.url(), "has read 1");
			assertThat(select(owner, "select 1")).as("the guest leaves the server running").isEqualTo("1");
		}
	}

	@Test
	void aServerStopsWhereThereIsAShellButNoProgramToKill() throws Exception {
		Path programs = Files.createDirectory(this.directory.resolve("bin"));
		for (Path program : installed()) {
			if (!program.endsWith("kill")) {
				Files.createSymbolicLink(programs.resolve(program.getFileName()), program);
			}
		}
		ProcessBuilder alone = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-cp", System.getProperty("java.class.path"), Guest.class.getName(), this.directory.toString())
			.redirectErrorStream(true);
		alone.environment().put("PATH", programs.toString());

		Process owner = alone.start();
		String output = new String(owner.getInputStream().readAllBytes());

		assertThat(owner.waitFor()).as(output).isZero();
		assertThat(ServerProcess.isRunning(this.directory.resolve("postgres"))).isFalse();
	}

	@Test
	void aServerWhoseOwnerWasKilledIsReplaced() throws Exception {
		Process owner = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), Owner.class.getName(), this.directory.toString())
			.redirectError(ProcessBuilder.Redirect.DISCARD)
			.start();
		owner.inputReader().readLine();
		long orphan = Long.parseLong(Files.readAllLines(this.directory.resolve("postgres/postmaster.pid")).get(0));
		owner.destroyForcibly().waitFor();
		assertThat(ProcessHandle.of(orphan)).isPresent();

		try (EmbeddedDatabase database = EmbeddedDatabase.start(this.directory)) {
			assertThat(ProcessHandle.of(orphan).filter(ProcessHandle::isAlive)).isEqualTo(Optional.empty());
			assertThat(select(database, "select count(*) from written")).isEqualTo("1");
		}
	}

	@Test
	void onlyAServerOnThisDataIsEverStopped() throws Exception {
		Path restored = this.directory.resolve("restored");
		try (EmbeddedDatabase foreign = EmbeddedDatabase.start(this.directory.resolve("foreign"))) {
			List<String> foreignPid = Files.readAllLines(this.directory.resolve("foreign/postgres/postmaster.pid"));
			EmbeddedDatabase.start(restored).close();
			Path cluster = restored.resolve("postgres");

			for (List<String> pid : List.of(foreignPid, withLine(foreignPid, 1, cluster.toString()),
					withLine(withLine(foreignPid, 1, cluster.toString()), 2, "1700000000"))) {
				Files.write(cluster.resolve("postmaster.pid"), pid);
				ServerProcess.stop(cluster);
				assertThat(select(foreign, "select 1")).as("the server of %s", pid).isEqualTo("1");
			}
			EmbeddedDatabase.start(restored).close();
			assertThat(select(foreign, "select 1")).isEqualTo("1");
		}
	}

	@Test
	void aProcessOnThisDataThatBeganAtAnotherTimeIsNotOurServer() throws Exception {
		try (EmbeddedDatabase database = EmbeddedDatabase.start(this.directory)) {
			Path cluster = this.directory.resolve("postgres");
			Path pidFile = cluster.resolve("postmaster.pid");
			List<String> pid = Files.readAllLines(pidFile);
			assertThat(ServerProcess.isRunning(cluster)).isTrue();

			Files.write(pidFile, withLine(pid, 2, "1700000000"));
			assertThat(ServerProcess.isRunning(cluster)).isFalse();

			Files.write(pidFile, pid);
			assertThat(select(database, "select 1")).isEqualTo("1");
		}
	}

	@Test
	void aFirstStartThatWasInterruptedHealsByItself() throws Exception {
		EmbeddedDatabase.start(this.directory.resolve("first")).close();
		Path data = this.directory.resolve("half");
		Path half = Files.createDirectories(data.resolve("postgres"));
		Files.writeString(half.resolve("postgresql.conf"), "");
		Files.writeString(data.resolve("postgres.initializing"), "");
		Files.writeString(data.resolve("postgres.port"), "");
		Process copy = new ProcessBuilder("cp", "-a", this.directory.resolve("first/postgres-binaries").toString(),
				data.resolve("postgres-binaries").toString())
			.start();
		assertThat(copy.waitFor()).isZero();
		try (Stream<Path> programs = Files.list(data.resolve("postgres-binaries"))) {
			for (Path unpacked : programs.filter((path) -> path.getFileName().toString().startsWith("PG-")).toList()) {
				Files.delete(unpacked.resolve(".exists"));
			}
		}

		try (EmbeddedDatabase database = EmbeddedDatabase.start(data)) {
			assertThat(select(database, "select 1")).isEqualTo("1");
		}
		assertThat(data.resolve("postgres.initializing")).doesNotExist();
	}

	@Test
	void invalidDataIsReportedInTheServersWords() throws Exception {
		Files.createDirectories(this.directory.resolve("postgres"));
		Files.writeString(this.directory.resolve("postgres/PG_VERSION"), "9.6\n");
		Files.writeString(this.directory.resolve("postgres/postgresql.conf"), "");
		Files.setPosixFilePermissions(this.directory.resolve("postgres"), PosixFilePermissions.fromString("rwx------"));

		assertThatThrownBy(() -> EmbeddedDatabase.start(this.directory)).isInstanceOf(EmbeddedDatabaseException.class)
			.hasMessageContaining("FATAL")
			.hasMessageContaining("incompatible")
			.hasMessageContaining("spring.datasource.url");
	}

	@Test
	void aDirectoryThatIsAFileIsReported() throws Exception {
		Path file = Files.createFile(this.directory.resolve("file"));

		assertThatThrownBy(() -> EmbeddedDatabase.start(file)).isInstanceOf(EmbeddedDatabaseException.class)
			.hasMessageContaining("audit.data-directory");
	}

	@Test
	void aDiskOnWhichNoProgramRunsIsReported() throws Exception {
		EmbeddedDatabase.start(this.directory).close();
		FileSystemUtils.deleteRecursively(this.directory.resolve("postgres"));
		try (Stream<Path> files = Files.walk(this.directory)) {
			Path program = files.filter((file) -> file.endsWith("bin/initdb")).findFirst().orElseThrow();
			Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rw-------"));
		}

		assertThatThrownBy(() -> EmbeddedDatabase.start(this.directory)).isInstanceOf(EmbeddedDatabaseException.class)
			.hasMessageContaining("noexec")
			.hasMessageContaining("audit.data-directory");
	}

	private static List<Path> installed() throws IOException {
		try (Stream<Path> programs = Files.list(Path.of("/usr/bin"))) {
			return programs.toList();
		}
	}

	private static List<String> withLine(List<String> lines, int index, String line) {
		List<String> changed = new ArrayList<>(lines);
		changed.set(index, line);
		return changed;
	}

	/** Another process that wants the same data. */
	static final class Guest {

		public static void main(String[] arguments) throws Exception {
			try (EmbeddedDatabase database = EmbeddedDatabase.start(Path.of(arguments[0]))) {
				System.out.println(database.url() + " has read " + select(database, "select 1"));
			}
		}

	}

	/** A process that is killed while it owns a server. */
	static final class Owner {

		public static void main(String[] arguments) throws Exception {
			EmbeddedDatabase database = EmbeddedDatabase.start(Path.of(arguments[0]));
			execute(database, "create table written as select 1");
			System.out.println("ready");
			Thread.currentThread().join();
		}

	}

	private static void execute(EmbeddedDatabase database, String sql) throws SQLException {
		try (Connection connection = DriverManager.getConnection(database.url(), "postgres", database.password());
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private static String select(EmbeddedDatabase database, String sql) throws SQLException {
		try (Connection connection = DriverManager.getConnection(database.url(), "postgres", database.password());
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(sql)) {
			rows.next();
			return rows.getString(1);
		}
	}

}
