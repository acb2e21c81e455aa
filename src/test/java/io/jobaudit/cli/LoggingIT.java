package io.jobaudit.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.jobaudit.TestPostgres;
import io.jobaudit.cli.AuditProcess.Ended;
import io.jobaudit.simulator.Simulator;
import io.jobaudit.simulator.SimulatorOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** What a run says while it goes on: to machines, to people at a terminal, to cron. */
class LoggingIT {

	private static final String ESCAPE = "\u001b";

	private final Simulator simulator = Simulator.start(SimulatorOptions.defaults());

	private final PGSimpleDataSource database = TestPostgres.migratedDatabase();

	@TempDir
	private Path directory = Path.of("");

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@Test
	void everyLineForMachinesIsAnObjectThatTellsRunAndJobAndOneIsTheSummary() throws Exception {
		Ended ended = process().run("run", "--ids", ids("unknown-1\nbroken-1\nno id\n"), "-v", "--log-format", "json");

		assertThat(ended.exitCode()).as(ended.err()).isEqualTo(3);
		List<JsonNode> lines = objects(ended.err());
		List<JsonNode> ofRun = lines.stream()
			.dropWhile((line) -> !line.path("message").asString().startsWith("Starting run"))
			.toList();
		assertThat(ofRun).allMatch((line) -> line.path("run").asString().equals("1"))
			.anyMatch((line) -> line.at("/process/thread/name").asString().startsWith("fetch-")
					&& line.path("job").asString().equals("broken-1"));
		assertThat(lines.stream()
			.filter((line) -> line.path("message").asString().startsWith("broken-1: attempt 1 failed"))).isNotEmpty()
			.allMatch((line) -> line.path("job").asString().equals("broken-1"));
		assertThat(lines.stream().filter(LoggingIT::isSummary)).singleElement().satisfies((summary) -> {
			assertThat(summary).isEqualTo(ofRun.get(ofRun.size() - 1));
			assertThat(summary.path("exit_code").asInt()).isEqualTo(3);
			assertThat(summary.path("status").asString()).isEqualTo("COMPLETED");
			assertThat(summary.path("lines").asInt()).isEqualTo(33);
			assertThat(summary.path("distinct").asInt()).isEqualTo(32);
			assertThat(summary.path("outcomes").toString()).isEqualTo(
					"{\"fetched\":30,\"unchanged\":0,\"not_found\":1,\"expired\":0,\"refused\":0,\"unreadable\":1}");
			assertThat(summary.path("pending").asInt(-1)).isZero();
			assertThat(summary.path("reconciled").asBoolean()).isTrue();
			assertThat(summary.path("calls").asLong()).isEqualTo(this.simulator.statistics().calls());
		});
	}

	@Test
	void whatEndsARunEarlyIsAnObjectTooAndSoIsWrongUsage() throws Exception {
		Ended option = process().run("run", "--log-format", "json");
		Files.writeString(Files.createDirectories(this.directory.resolve("config")).resolve("application.yml"),
				"audit: [\nx: {");
		Ended file = process().run("run", "--ids", ids(""), "--log-format=json");

		assertThat(List.of(option.exitCode(), file.exitCode())).containsExactly(64, 78);
		assertThat(messages(option)).singleElement().asString().contains("(exit 64)");
		assertThat(messages(file)).singleElement().asString().contains("the file is not YAML", "(exit 78)");
	}

	@Test
	void silenceMeansSuccess() throws Exception {
		Ended good = process().run("run", "-q", "--ids", ids(""));
		Ended bad = process().run("--quiet", "run", "--ids", ids("broken-1\n"));

		assertThat(good.exitCode()).as(good.err()).isZero();
		assertThat(good.out() + good.err()).isEmpty();
		assertThat(bad.exitCode()).as(bad.err()).isEqualTo(3);
		assertThat(bad.out()).contains("exit 3").doesNotContain(ESCAPE);
		assertThat(bad.err()).doesNotContain("INFO");
	}

	@Test
	void aTerminalHasOneLineOfProgressInColourWithTheLogAboveIt() throws Exception {
		Ended ended = onTerminal().run("run", "--ids", ids(""));

		assertThat(ended.exitCode()).as(ended.out()).isZero();
		assertThat(ended.out()).containsPattern("\\d+/30, [\\d.?]+/20 calls/s, \\d failed, 0 unreadable, ETA ")
			.contains(ESCAPE + "[32mINFO ", ESCAPE + "[32m  It adds up." + ESCAPE + "[39m");
		assertThat(shown(ended)).as("log and closing statement are left, progress is gone")
			.noneMatch((line) -> line.contains(" unreadable, ETA "))
			.anyMatch((line) -> line.startsWith("20") && line.contains("[run 1] INFO  AccountClient: Fetching"))
			.anyMatch((line) -> line.contains("Run 1 completed, exit code 0: 30 ids, 30 FETCHED, 0 pending"));
	}

	@Test
	void whoWantsNoColourHasNoneAndADumbTerminalNoProgressLine() throws Exception {
		Ended plain = onTerminal().environment("NO_COLOR", "1").run("run", "--ids", ids(""));
		Ended dumb = onTerminal().environment("TERM", "dumb").run("run", "--fresh", "--ids", ids(""));

		assertThat(plain.out()).contains(" unreadable, ETA ").doesNotContainPattern(ESCAPE + "\\[[\\d;]*m");
		assertThat(dumb.out()).contains("It adds up.").doesNotContain(ESCAPE, " unreadable, ETA ");
	}

	/** Slow enough to be watched for a second. */
	private AuditProcess onTerminal() throws Exception {
		Assumptions.assumeTrue(new ProcessBuilder("sh", "-c", "command -v script").start().waitFor() == 0,
				"script gives a terminal");
		return process().onTerminal().setting("audit.api.rate", "20");
	}

	private AuditProcess process() {
		return new AuditProcess(this.directory).database(this.database)
			.key("simulator", "simulator-secret")
			.setting("audit.api.region", "cn-shanghai")
			.setting("audit.api.endpoint", this.simulator.endpoint())
			.setting("audit.retry.delay", "5ms")
			.setting("audit.retry.max-delay", "20ms");
	}

	private String ids(String more) throws IOException {
		String ids = IntStream.range(0, 30).mapToObj("0a1b2c%04x"::formatted).collect(Collectors.joining("\n"));
		return Files.writeString(this.directory.resolve("ids.csv"), "job_id\n" + ids + "\n" + more).toString();
	}

	private static List<JsonNode> objects(String lines) {
		return lines.lines().map((line) -> {
			JsonNode object = JsonMapper.shared().readTree(line);
			assertThat(object.isObject()).as(line).isTrue();
			return object;
		}).toList();
	}

	private static List<String> messages(Ended ended) {
		return objects(ended.err()).stream().map((line) -> line.path("message").asString()).toList();
	}

	private static boolean isSummary(JsonNode line) {
		return line.at("/event/action").asString().equals("run.summary");
	}

	/** Lines as they stand on the screen in the end. */
	private static List<String> shown(Ended ended) {
		return Stream.of(ended.out().replaceAll(ESCAPE + "\\[[\\d;]*m", "").split("\r?\n"))
			.map((line) -> line.replaceFirst("(?s).*\r" + ESCAPE + "\\[K", ""))
			.toList();
	}

}
