package io.jobaudit.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

import com.sun.net.httpserver.HttpServer;
import io.jobaudit.TestPostgres;
import io.jobaudit.cli.AuditProcess.Ended;
import io.jobaudit.report.RunSummaries;
import io.jobaudit.simulator.Simulator;
import io.jobaudit.simulator.SimulatorOptions;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.ss.usermodel.WorkbookFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Nights of several accounts, in one process. */
class NightIT {

	private static final int IDS = 60;

	private final Simulator simulator = Simulator
		.start(SimulatorOptions.defaults().withLatency(Duration.ofMillis(20), Duration.ofMillis(20)));

	private final PGSimpleDataSource database = TestPostgres.migratedDatabase();

	private final JdbcClient jdbc = JdbcClient.create(this.database);

	private final List<JsonNode> messages = new CopyOnWriteArrayList<>();

	private final HttpServer chat = chat(this.messages);

	@TempDir
	private Path directory;

	@AfterEach
	void close() {
		this.simulator.close();
		this.chat.stop(0);
	}

	@Test
	void anAccountThatFailsStopsNoOtherAndAloneRunsAgain() throws IOException {
		for (String account : List.of("north", "south", "west", "list")) {
			Files.write(this.directory.resolve(account + ".csv"),
					IntStream.range(0, IDS).mapToObj((i) -> account + "-" + i).toList());
		}
		Files.write(this.directory.resolve("list.csv"), List.of("job_id,job_id", "a,b,c"));
		write("north", "south", "west", "list");

		Ended first = process().environment("WEST_ALIBABA_CLOUD_ACCESS_KEY_SECRET", "wrong")
			.run("night", "--accounts", "accounts.yml");

		assertThat(first.exitCode()).as(first.err()).isEqualTo(77);
		assertThat(first.out()).contains("Account north, run ", "Account list, no run, is not complete, exit 65",
				"Account west, run ", "is not complete, exit 77", "SignatureDoesNotMatch");
		assertThat(first.out()).containsPattern("\n  accounts +4\n    complete +2\n    not complete +2\n");
		JsonNode summary = summary();
		assertThat(summary.get("distinctIds").asInt()).isEqualTo(3 * IDS);
		assertThat(summary.get("outcomes").get("FETCHED").asInt()).isEqualTo(2 * IDS);
		assertThat(summary.get("pending").asInt()).isEqualTo(IDS);
		assertThat(this.messages).extracting((message) -> message.get("event").stringValue())
			.containsExactlyInAnyOrder("run.ended", "run.ended", "run.ended", "run.ended", "night.ended");
		assertThat(this.messages.get(4).get("text").stringValue())
			.startsWith("job-audit: night 1, 2 of 4 accounts complete: ");
		assertThat(this.directory.resolve("audit-west.prom")).content()
			.contains("jobaudit_run_exit_code{account=\"west\",region=\"cn-shanghai\"} 77.0");
		assertThat(this.directory.resolve("audit-north.prom")).content()
			.contains("jobaudit_items{account=\"north\",outcome=\"fetched\",region=\"cn-shanghai\"} " + (double) IDS,
					"jobaudit_parts_lost{account=\"north\",region=\"cn-shanghai\"} 0.0")
			.doesNotContain("jobaudit_api_calls_total");
		assertThat(first.out()).endsWith(accounts() + "\n").contains("\n  reports about all accounts in ");
		assertThat(lastRuns()).satisfiesExactly((header) -> assertThat(header).startsWith("Account, Run, "),
				(list) -> assertThat(list).startsWith("list, , ")
					.contains(", not complete, 65, ", "list.csv, line 1: "),
				(west) -> assertThat(west).startsWith("west, ")
					.contains(", not complete, 77, ", "SignatureDoesNotMatch"),
				(north) -> assertThat(north).startsWith("north, ").endsWith(", complete, 0, "),
				(south) -> assertThat(south).startsWith("south, ").endsWith(", complete, 0, "));
		long runs = number("select count(*) from audit.audit_run");
		long calls = this.simulator.statistics().calls();
		Files.write(this.directory.resolve("list.csv"), IntStream.range(0, IDS).mapToObj((i) -> "list-" + i).toList());

		Ended second = process().run("night", "--accounts", "accounts.yml");

		assertThat(second.exitCode()).as(second.err()).isZero();
		assertThat(number("select count(*) from audit.audit_run")).as("only the list is new").isEqualTo(runs + 1);
		assertThat(this.simulator.statistics().calls() - calls).isEqualTo(2 * IDS);
		assertThat(summary().get("outcomes").get("FETCHED").asInt()).isEqualTo(4 * IDS);
		assertThat(number("select count(*) from audit.scheduled_tasks")).isZero();
		assertThat(number("select count(*) from audit.audit_run where status = 'COMPLETED' and exit_code = 0"))
			.isEqualTo(4);
		assertThat(number("select sum(api_calls) from audit.audit_run")).isEqualTo(this.simulator.statistics().calls());
		assertThat(process().run("runs", "--night", "1").out()).isEqualTo(second.out());
		assertThat(lastRuns()).filteredOn((row) -> row.contains(", complete, 0, ")).hasSize(4);
	}

	@Test
	void aNightWhoseWorkbookCannotBeWrittenEndsWith73AndOnlyThatIsRepeated() throws IOException {
		Files.write(this.directory.resolve("north.csv"),
				IntStream.range(0, IDS).mapToObj((i) -> "north-" + i).toList());
		write("north");
		Path blocked = accounts();
		Files.createDirectories(this.directory.resolve(blocked).getParent());
		Files.createFile(this.directory.resolve(blocked));

		Ended first = process().run("night", "--accounts", "accounts.yml");

		assertThat(first.exitCode()).as(first.err()).isEqualTo(73);
		assertThat(first.out()).contains("Account north, run 1, is complete, exit 0",
				"\n  reports about all accounts are missing: ", blocked + " exists and is not a directory");
		assertThat(summary().at("/accountsReport/exitCode").asInt()).isEqualTo(73);
		assertThat(this.messages).filteredOn((message) -> message.get("event").stringValue().equals("night.ended"))
			.singleElement()
			.satisfies((message) -> assertThat(message.get("text").stringValue()).contains("cannot write the output"));
		Files.delete(this.directory.resolve(blocked));
		long calls = this.simulator.statistics().calls();

		Ended second = process().run("night", "--accounts", "accounts.yml");

		assertThat(second.exitCode()).as(second.err()).isZero();
		assertThat(this.simulator.statistics().calls()).isEqualTo(calls);
		assertThat(summary().at("/accountsReport/directory").stringValue()).endsWith(blocked.toString());
		assertThat(lastRuns()).hasSize(2);
	}

	@Test
	void aNightWhoseTimeIsOverMakesNoCallAndIsResumed() throws IOException {
		Files.write(this.directory.resolve("north.csv"),
				IntStream.range(0, IDS).mapToObj((i) -> "north-" + i).toList());
		write("north");
		Ended opened = process().run("night", "--accounts", "accounts.yml", "--detach", "--until", "00:00");
		assertThat(opened.out()).as(opened.err()).isEqualTo("1\n");
		assertThat(number("select count(*) from audit.audit_night where until > now()")).isEqualTo(1);
		this.jdbc.sql("update audit.audit_night set until = now()").update();

		Ended worker = process().run("worker", "--accounts", "accounts.yml", "--until-idle");

		assertThat(worker.exitCode()).as(worker.err()).isZero();
		assertThat(this.simulator.statistics().calls()).isZero();
		assertThat(summary().get("exitCode").asInt()).isEqualTo(75);
		assertThat(summary().at("/accounts/0/reason").stringValue())
			.isEqualTo("the time for the night is over (--until)");
		Ended second = process().run("night", "--accounts", "accounts.yml");
		assertThat(second.exitCode()).as(second.err()).isZero();
		assertThat(second.out()).contains("Account north, run 1, is complete, exit 0");
	}

	/** The reports about all accounts, of the month of the day before the night. */
	private Path accounts() {
		LocalDate day = this.jdbc.sql("select max(day) from audit.audit_night")
			.query(LocalDate.class)
			.optional()
			.orElseGet(() -> LocalDate.now(ZoneOffset.UTC));
		return Path.of("reports", "accounts-month-" + YearMonth.from(day.minusDays(1)));
	}

	/** Rows of the sheet, with the header. */
	private List<String> lastRuns() throws IOException {
		DataFormatter formatter = new DataFormatter(Locale.ROOT);
		try (InputStream file = Files.newInputStream(this.directory.resolve(accounts()).resolve("accounts.xlsx"));
				Workbook workbook = WorkbookFactory.create(file)) {
			return StreamSupport.stream(workbook.getSheet("Last runs").spliterator(), false)
				.map((row) -> IntStream.range(0, 6)
					.mapToObj((cell) -> formatter.formatCellValue(row.getCell(cell)))
					.collect(Collectors.joining(", ")))
				.toList();
		}
	}

	private JsonNode summary() throws IOException {
		return RunSummaries.ofNight(Files.readString(this.directory.resolve("reports/night-1/night-summary.json")));
	}

	private static HttpServer chat(List<JsonNode> messages) {
		try {
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			server.createContext("/", (exchange) -> {
				messages.add(JsonMapper.shared().readTree(exchange.getRequestBody()));
				exchange.sendResponseHeaders(200, -1);
				exchange.close();
			});
			server.start();
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private long number(String sql) {
		return this.jdbc.sql(sql).query(Long.class).single();
	}

	private void write(String... accounts) throws IOException {
		StringBuilder text = new StringBuilder("accounts:\n");
		for (String account : accounts) {
			text.append("""
					  - name: %s
					    region: cn-shanghai
					    endpoint: %s
					    rate: 0
					    credentials: {environment: %s_}
					    ids: {files: [%s.csv]}
					""".formatted(account, this.simulator.endpoint(), account.equals("west") ? "WEST" : "ANY",
					account));
		}
		Files.writeString(this.directory.resolve("accounts.yml"), text);
	}

	private AuditProcess process() {
		SimulatorOptions keys = SimulatorOptions.defaults();
		AuditProcess process = new AuditProcess(this.directory).database(this.database)
			.setting("audit.api.region", "cn-shanghai")
			.setting("audit.notify.url", "http://127.0.0.1:" + this.chat.getAddress().getPort())
			.setting("audit.metrics.textfile", "audit.prom")
			.setting("audit.scale.poll-interval", "200ms")
			.setting("audit.scale.part-size", 25);
		for (String prefix : List.of("ANY_", "WEST_")) {
			process.environment(prefix + "ALIBABA_CLOUD_ACCESS_KEY_ID", keys.accessKeyId())
				.environment(prefix + "ALIBABA_CLOUD_ACCESS_KEY_SECRET", keys.accessKeySecret());
		}
		return process;
	}

}
