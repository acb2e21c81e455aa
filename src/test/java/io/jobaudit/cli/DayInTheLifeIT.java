package io.jobaudit.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import io.jobaudit.TestPostgres;
import io.jobaudit.cli.AuditProcess.Ended;
import io.jobaudit.notify.Chat;
import io.jobaudit.simulator.SimulatedJob;
import io.jobaudit.simulator.SimulatedJobs;
import io.jobaudit.simulator.Simulator;
import io.jobaudit.simulator.SimulatorOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * From a first import to the end of a month, as an operator's cron lives it: acts on one
 * database, in this order.
 */
@Order(Integer.MAX_VALUE - 2)
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class DayInTheLifeIT {

	private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

	private static final String MONTH = "2026-10";

	private static final int FINAL = 380;

	private static final int OPEN = 20;

	private static final int STORM = 150;

	/**
	 * Calls until everything is imported: one for each id, one more for each open job.
	 */
	private static final int IMPORT = FINAL + 2 * OPEN;

	private final List<SimulatedJob> done = jobs("done", FINAL, (job) -> job.state().equals("Finished"));

	private final List<SimulatedJob> open = jobs("open", OPEN, (job) -> job.state().equals("Executing"));

	private final List<SimulatedJob> failed = jobs("storm", STORM, (job) -> job.state().equals("Failed"));

	private Path directory;

	private final Simulator simulator = Simulator.start(SimulatorOptions.defaults());

	private final PGSimpleDataSource database = TestPostgres.migratedDatabase();

	private final PGSimpleDataSource shop = TestPostgres.emptyDatabase();

	private final Chat chat;

	DayInTheLifeIT() throws IOException {
		this.chat = new Chat("200 ok");
	}

	@BeforeAll
	void givenAnEmptyDirectory(@TempDir Path temporary) {
		this.directory = temporary;
	}

	@AfterAll
	void close() {
		this.chat.close();
		this.simulator.close();
	}

	@Test
	@Order(1)
	void theFirstImportReadsThreePackedFiles() throws IOException {
		gz("in/1.csv.gz", this.done.subList(0, 200));
		gz("in/2.csv.gz", this.done.subList(200, 300));
		gz("in/3.csv.gz", this.open);
		Ended files = ends(0, "run", "--ids", "in/*.csv.gz");

		assertThat(files.out()).contains("Run 1 is complete, exit 0", "It adds up.")
			.containsPattern("lines read +320\\b");
		assertThat(calls()).isEqualTo(320);
	}

	@Test
	@Order(2)
	void aQueryOfTheShopAddsItsJobsAndAsksForNoFinishedJobAgain() throws IOException {
		shop(Stream.concat(this.done.subList(250, FINAL).stream(), this.open.stream()).toList());
		Files.writeString(this.directory.resolve("ids.sql"), "select job_id, team from job order by job_id");
		Ended query = ends(0, "run", "--ids-query", "ids.sql");

		assertThat(query.out()).containsPattern("distinct ids +150\\b").containsPattern("UNCHANGED +50\\b");
		assertThat(calls()).isEqualTo(320 + 80 + OPEN).isEqualTo(IMPORT);
		assertThat(text("select count(*) from audit.smart_job where labels ->> 'team' = 'news'")).isEqualTo("150");
	}

	@Test
	@Order(3)
	void aNightlyRunAsksForOpenJobsOnly() throws IOException {
		csv("all.csv", Stream.concat(this.done.stream(), this.open.stream()).toList());
		Ended night = ends(0, "run", "--ids", "all.csv");

		assertThat(night.out()).containsPattern("UNCHANGED +" + FINAL + "\\b")
			.containsPattern("FETCHED +" + OPEN + "\\b");
		assertThat(calls() - IMPORT).as("5 %% of the ids").isEqualTo(OPEN);
		assertThat(this.chat.messages()).as("nothing has happened so far").isEmpty();
	}

	@Test
	@Order(4)
	void aNightOfManyFailedJobsSendsOneMessage() throws IOException {
		csv("all.csv", all().toList());
		ends(0, "run", "--ids", "all.csv");

		assertThat(this.chat.messages()).hasSize(1);
		assertThat(this.chat.messages().get(0).toString()).contains("\"run\":4")
			.contains(this.failed.get(0).errorCode());
	}

	@Test
	@Order(5)
	void theNextNightWithTheSameFailuresSendsNoMessage() {
		Ended quiet = ends(0, "run", "--ids", "all.csv");

		assertThat(quiet.out()).containsPattern("UNCHANGED +" + (FINAL + STORM) + "\\b");
		assertThat(this.chat.messages()).as("the same kinds of failure are no news").hasSize(1);
	}

	@Test
	@Order(6)
	void theReportsOfTheMonthAddUpWithoutACall() {
		Ended month = ends(0, "report", "--month", MONTH);

		assertThat(month.out()).contains("month-" + MONTH, "token-spend.xlsx", "failures.xlsx");
		assertThat(text("""
				select sum(total_tokens) from audit.v_booked_job
				where create_time >= '2026-10-01 00:00+08' and create_time < '2026-11-01 00:00+08'
				""")).isEqualTo(Long.toString(
				all().filter((job) -> YearMonth.from(job.createTime().atZone(ZONE)).equals(YearMonth.parse(MONTH)))
					.mapToLong((job) -> job.totalTokens().orElse(0))
					.sum()));
		assertThat(calls() - IMPORT).as("three nights for open jobs, one for what failed, none for the month")
			.isEqualTo(3 * OPEN + STORM);
	}

	private Stream<SimulatedJob> all() {
		return Stream.of(this.done, this.open, this.failed).flatMap(List::stream);
	}

	private Ended ends(int exitCode, String... command) {
		SimulatorOptions options = SimulatorOptions.defaults();
		Ended ended = new AuditProcess(this.directory).database(this.database)
			.key(options.accessKeyId(), options.accessKeySecret())
			.setting("audit.api.region", "cn-shanghai")
			.setting("audit.api.endpoint", this.simulator.endpoint())
			.setting("audit.api.rate", 0)
			.setting("audit.report.zone", ZONE)
			.setting("audit.notify.url", this.chat.url())
			.setting("audit.notify.on", "change")
			.setting("audit.ids.datasource.url",
					"jdbc:postgresql://127.0.0.1:" + this.shop.getPortNumbers()[0] + "/" + this.shop.getDatabaseName())
			.setting("audit.ids.datasource.username", String.valueOf(this.shop.getUser()))
			.setting("audit.ids.datasource.password", String.valueOf(this.shop.getPassword()))
			.run(command);
		assertThat(ended.exitCode()).as(ended.err()).isEqualTo(exitCode);
		return ended;
	}

	private long calls() {
		return this.simulator.statistics().calls();
	}

	private String text(String sql) {
		return JdbcClient.create(this.database).sql(sql).query(String.class).single();
	}

	private static List<SimulatedJob> jobs(String name, int number, Predicate<SimulatedJob> wanted) {
		return Stream.iterate(0, (count) -> count + 1)
			.map((count) -> SimulatedJobs.of(name + "-" + count).orElseThrow())
			.filter(wanted)
			.limit(number)
			.toList();
	}

	private void shop(List<SimulatedJob> jobs) {
		JdbcClient jdbc = JdbcClient.create(this.shop);
		jdbc.sql("create table job (job_id text primary key, team text)").update();
		jdbc.sql("insert into job select id, 'news' from unnest(?::text[]) as i (id)")
			.param(jobs.stream().map(SimulatedJob::jobId).toArray(String[]::new))
			.update();
	}

	private void csv(String name, List<SimulatedJob> jobs) throws IOException {
		Files.write(this.directory.resolve(name), lines(jobs));
	}

	private void gz(String name, List<SimulatedJob> jobs) throws IOException {
		Path file = this.directory.resolve(name);
		Files.createDirectories(file.getParent());
		try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
			out.write(String.join("\n", lines(jobs)).getBytes(StandardCharsets.UTF_8));
		}
	}

	private static List<String> lines(List<SimulatedJob> jobs) {
		List<String> lines = new ArrayList<>(List.of("job_id"));
		jobs.forEach((job) -> lines.add(job.jobId()));
		return lines;
	}

}
