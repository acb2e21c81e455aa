package io.jobaudit.cli;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.jobaudit.TestPostgres;
import io.jobaudit.cli.AuditProcess.Ended;
import io.jobaudit.cli.AuditProcess.Running;
import io.jobaudit.simulator.Simulator;
import io.jobaudit.simulator.SimulatorOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The program as it is installed: out of the tar.gz that {@code -Pdist} makes. */
@EnabledIfSystemProperty(named = "job-audit.tar", matches = ".+")
class PackageIT {

	private static final Duration LATENCY = Duration.ofMillis(200);

	private static final Simulator SIMULATOR = Simulator
		.start(SimulatorOptions.defaults().withLatency(LATENCY, LATENCY));

	@TempDir
	private static Path home = Path.of("");

	@TempDir
	private Path directory = Path.of("");

	/** The first command that needs an archive. */
	private static Ended first;

	@BeforeAll
	static void unpackAndStart(@TempDir Path elsewhere) throws Exception {
		Process tar = new ProcessBuilder("tar", "--extract", "--file", System.getProperty("job-audit.tar"),
				"--strip-components=1", "--no-same-owner", "--directory", home.toString())
			.inheritIO()
			.start();
		assertThat(tar.waitFor()).isZero();
		first = night(program(home, elsewhere)).run("runs");
	}

	@AfterAll
	static void close() {
		SIMULATOR.close();
	}

	@Test
	void versionAndHelpArePrinted() {
		Ended version = program().run("--version");
		Ended help = program().run("run", "--help");

		assertThat(version.exitCode()).as(version.err()).isZero();
		assertThat(version.out()).matches(
				"job-audit \\S+ \\((commit [0-9a-f]{10}( with changes)?, )?build \\d{4}-\\d\\d-\\d\\dT\\S+Z\\)\\R");
		assertThat(help.exitCode()).as(help.err()).isZero();
		assertThat(help.out()).startsWith("Usage: job-audit run ");
		assertThat(version.err() + help.err()).isEmpty();
	}

	@Test
	void aRunUsesTheArchiveAndPrintsOnlyItsStatement() throws Exception {
		Running running = night(program()).start("run", "--ids", ids(20));
		await().until(() -> maps(running).contains(home.resolve("cache").toString()));
		Ended ended = running.await();

		assertThat(ended.exitCode()).as(ended.err()).isZero();
		assertThat(ended.out()).startsWith("Run 1 is complete, exit 0\n").doesNotContain("warning");
		assertThat(ended.err()).doesNotContain("VM warning", "[warning]");
		assertThat(this.directory.resolve("reports/run-1/failures.xlsx")).exists();
	}

	@ParameterizedTest
	@CsvSource({ "TERM, 143", "INT, 130" })
	void aSignalReachesTheRun(String signal, int exitCode) throws Exception {
		Running running = night(program()).setting("audit.api.concurrency", 1).start("run", "--ids", ids(10_000));
		await().until(() -> Files.readString(running.err()).contains("Fetching"));
		running.signal(signal);
		Ended ended = running.await();

		assertThat(ended.exitCode()).as(ended.err()).isEqualTo(exitCode);
		assertThat(ended.err()).contains("finished work is kept");
	}

	@ParameterizedTest
	@ValueSource(strings = { "-XX:+NoSuchOption", "-Xmx100t", "-Xmx1k" })
	void aJavaThatDoesNotStartEndsWith70(String option) {
		for (String command : List.of("runs", "--version")) {
			Ended ended = program().environment("JOB_AUDIT_JAVA_OPTS", option).run(command);

			assertThat(ended.exitCode()).as(ended.err()).isEqualTo(70);
			assertThat(ended.err()).contains("Error").endsWith("its own message is above (exit 70)\n");
			assertThat(ended.out()).isEmpty();
		}
	}

	@Test
	void aJavaWithoutMemoryEndsWith70() {
		Ended ended = program().withAddressSpace(500_000).run("runs");

		assertThat(ended.exitCode()).as(ended.err()).isEqualTo(70);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					11.0.2+9 | is Java 11.0.2+9, but job-audit needs 17 or newer; install one, or set JAVA_HOME (exit 78)
					1.8.0_402-b06 | is Java 1.8.0_402-b06, but job-audit needs 17 or newer; install one, or set JAVA_HOME (exit 78)
					17.0.1+2 | Java does not start; its own message is above (exit 70)
					""")
	void anotherJavaIsRefused(String version, String message) throws Exception {
		Path java = this.directory.resolve("bin/java");
		Files.createDirectories(java.getParent());
		assertThat(Files.writeString(java, "#!/bin/sh\nexit 1\n").toFile().setExecutable(true)).isTrue();
		Files.writeString(this.directory.resolve("release"), "JAVA_RUNTIME_VERSION=\"%s\"\n".formatted(version));
		Ended ended = program(copyOfInstallation(), this.directory).environment("JAVA_HOME", this.directory.toString())
			.run("runs");

		assertThat(ended.err()).endsWith(message + "\n");
		assertThat(ended.exitCode()).isEqualTo(message.contains("78") ? 78 : 70);
	}

	@ParameterizedTest
	@CsvSource({ "--ids, 11999999, true", "--ids, 12000000, false", "--ids=, 12000000, false" })
	void aLongListGetsBothCompilers(String option, int bytes, boolean firstOnly) throws Exception {
		Path java = this.directory.resolve("bin/java");
		Files.createDirectories(java.getParent());
		assertThat(Files.writeString(java, "#!/bin/sh\necho \"$@\"\n").toFile().setExecutable(true)).isTrue();
		try (RandomAccessFile list = new RandomAccessFile(this.directory.resolve("ids.csv").toFile(), "rw")) {
			list.setLength(bytes);
		}
		AuditProcess program = program(copyOfInstallation(), this.directory).environment("JAVA_HOME",
				this.directory.toString());
		Ended ended = option.endsWith("=") ? program.run("run", option + "ids.csv")
				: program.run("run", option, "ids.csv");

		assertThat(ended.out()).endsWith("ids.csv\n");
		assertThat(ended.out().contains("-XX:TieredStopAtLevel=1")).isEqualTo(firstOnly);
	}

	@Test
	void bashCompletesCommandsOptionsAndValues() throws Exception {
		Path script = home.resolve("share/bash-completion/completions/job-audit");
		for (Map.Entry<String, String> words : Map
			.of("r", "run report renormalize runs", "run --re", "--refetch --reports", "run --only un", "unreadable")
			.entrySet()) {
			Process bash = new ProcessBuilder("bash", "-c",
					"source '%s'; compopt() { :; }; COMP_WORDS=(job-audit %s); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _complete_job-audit; echo ${COMPREPLY[*]}"
						.formatted(script, words.getKey()))
				.redirectErrorStream(true)
				.start();

			assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
				.isEqualTo(words.getValue() + "\n");
		}
	}

	@Test
	void theArchiveIsMadeByTheFirstCommandWithoutAWord() throws Exception {
		assertThat(first.exitCode()).as(first.err()).isZero();
		assertThat(first.err()).isEmpty();
		assertThat(archive()).isReadable();
		assertThat(Files.size(archive())).isGreaterThan(20_000_000);
	}

	@Test
	void anArchiveThatIsNoneIsIgnored() throws Exception {
		Path copy = copyOfInstallation();
		Files.createDirectory(copy.resolve("cache"));
		Path damaged = Files.writeString(copy.resolve("cache").resolve(archive().getFileName()), "no archive");
		Ended ended = night(program(copy, this.directory)).run("runs");

		assertThat(ended.exitCode()).as(ended.err()).isZero();
		assertThat(ended.err()).isEmpty();
		assertThat(damaged).hasContent("no archive");
	}

	@Test
	void noArchiveIsMadeWhereNoneCanBeWritten() throws Exception {
		Path copy = copyOfInstallation();
		Files.writeString(copy.resolve("cache"), "no directory");
		Ended ended = night(program(copy, this.directory)).run("runs");
		Ended asked = program(copy, this.directory).run("--class-archive");

		assertThat(ended.exitCode()).as(ended.err()).isZero();
		assertThat(ended.err()).isEmpty();
		assertThat(asked.exitCode()).isEqualTo(73);
		assertThat(asked.err()).contains("starts take longer without it");
	}

	@Test
	void settingsBesideTheProgramAreReadBeforeThoseOfTheDirectory() throws Exception {
		Path copy = copyOfInstallation();
		Files.createSymbolicLink(copy.resolve("cache"), home.resolve("cache"));
		Files.createDirectory(copy.resolve("config"));
		Files.writeString(copy.resolve("config/application.yml"),
				"audit.account: beside\naudit.report.directory: beside\n");
		Files.writeString(this.directory.resolve("application.yml"), "audit.account: nearer\n");
		Ended ended = night(program(copy, this.directory)).run("run", "--ids", ids(1));

		assertThat(ended.exitCode()).as(ended.err()).isZero();
		assertThat(this.directory.resolve("beside/run-1/run-summary.json")).content()
			.contains("\"account\": \"nearer\"");
	}

	private static Path archive() throws IOException {
		try (Stream<Path> files = Files.list(home.resolve("cache"))) {
			return files.findFirst().orElseThrow();
		}
	}

	/** With a link to its libraries, and without an archive. */
	private Path copyOfInstallation() throws IOException {
		Path copy = this.directory.resolve("copy");
		Files.createDirectories(copy.resolve("bin"));
		Files.copy(home.resolve("bin/job-audit"), copy.resolve("bin/job-audit"));
		Files.copy(home.resolve("job-audit.jar"), copy.resolve("job-audit.jar"));
		Files.createSymbolicLink(copy.resolve("lib"), home.resolve("lib"));
		return copy;
	}

	private static String maps(Running running) throws IOException {
		return Files.readString(Path.of("/proc", Long.toString(running.pid()), "maps"));
	}

	private String ids(int number) throws IOException {
		return Files
			.write(this.directory.resolve("ids.csv"), IntStream.range(0, number).mapToObj((n) -> "id-" + n).toList())
			.toString();
	}

	private AuditProcess program() {
		return program(home, this.directory);
	}

	private static AuditProcess program(Path installation, Path directory) {
		return new AuditProcess(directory).installed(installation.resolve("bin/job-audit"));
	}

	private static AuditProcess night(AuditProcess program) {
		return program.database(TestPostgres.migratedDatabase())
			.key("simulator", "simulator-secret")
			.setting("audit.api.region", "cn-shanghai")
			.setting("audit.api.endpoint", SIMULATOR.endpoint());
	}

}
