package io.jobaudit.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.jobaudit.TestPostgres;
import io.jobaudit.cli.AuditProcess.Ended;
import io.jobaudit.simulator.SimulatedJob;
import io.jobaudit.simulator.SimulatedJobs;
import io.jobaudit.simulator.Simulator;
import io.jobaudit.simulator.SimulatorOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** A month from its first run to its closing and beyond, by the commands alone. */
@Order(Integer.MAX_VALUE - 1)
class MonthCloseIT {

	private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

	private static final String OCTOBER = "2026-10";

	private static final int IDS = 60;

	@Nested
	@TestMethodOrder(OrderAnnotation.class)
	class AClosedMonth extends AfterARun {

		private Map<String, String> files = Map.of();

		@Test
		@Order(1)
		void isBookedAndKeepsItsFiles() throws IOException {
			Ended closed = assertEnds(0, "close", OCTOBER);

			this.files = files("reports");
			assertThat(closed.out()).contains("2026-10 is closed, Asia/Shanghai", "failures.xlsx", "token-spend.xlsx")
				.containsPattern("jobs booked +" + jobsOfOctober())
				.containsPattern("tokens +" + booked("coalesce(sum(total_tokens), 0)"))
				.containsPattern("jobs unpriced +" + booked("count(*) filter (where spend_status = 'UNPRICED')"))
				.containsPattern(
						"not finished +" + booked("count(*) filter (where state not in ('Finished', 'Failed'))"))
				.containsPattern("spend, CNY +" + booked("round(sum(spend), 2)"));
			assertThat(this.files).isEqualTo(keptFiles()).containsKeys("failures.xlsx", "token-spend.xlsx");
		}

		@Test
		@Order(2)
		void cannotBeClosedAgain() {
			assertThat(assertEnds(64, "close", OCTOBER).err())
				.contains("2026-10 was closed by " + System.getProperty("user.name") + " at 20", "--reopen --reason");
		}

		@Test
		@Order(3)
		void keepsItsReportsAfterALaterRunAndAChangeOfAWorkbook() throws IOException {
			assertEnds(0, "run", "--ids", "ids.csv", "--refetch");
			addASheetToTheFailures();
			assertEnds(0, "report", "--month", OCTOBER, "--reports", "again");

			assertThat(files("again")).isEqualTo(this.files);
		}

		@Test
		@Order(4)
		void hasTheLaterTokensAsACorrectionInThisMonth() {
			long more = this.job.totalTokens().orElseThrow() - 1;
			assertThat(corrections()).containsExactly(
					"2026-10 " + this.job.jobId() + " " + YearMonth.now(Clock.system(ZONE)) + " CHANGED " + more);
			assertThat(this.jdbc.sql("select total_tokens from audit.v_booked_job where job_id = :id")
				.param("id", this.job.jobId())
				.query(Long.class)
				.single()).isEqualTo(1);
		}

		@Test
		@Order(4)
		void tellsOfAJobHowItIsBookedWhatWasCorrectedAndWhatBecameOfItInEachRun() {
			long tokens = this.job.totalTokens().orElseThrow();
			String request = this.jdbc.sql("select request_id from audit.smart_job where job_id = :id")
				.param("id", this.job.jobId())
				.query(String.class)
				.single();
			Ended shown = assertEnds(0, "runs", "job", this.job.jobId());
			JsonNode json = JsonMapper.shared()
				.readTree(assertEnds(0, "runs", "job", this.job.jobId(), "--json").out());

			assertThat(shown.out().lines()).allSatisfy((line) -> assertThat(line).hasSizeLessThanOrEqualTo(80));
			assertThat(shown.out())
				.startsWith("Job " + this.job.jobId() + ", account default\n  state            Finished\n")
				.contains("booked\n  month            2026-10, closed\n  cost centre      -\n"
						+ "  price            0.008 CNY per 1,000 tokens\n  amount           0.000008 CNY\n")
				.containsPattern("correction of 2026-10\\n  seen +" + YearMonth.now(Clock.system(ZONE))
						+ ".*, run 2, changed\\n")
				.contains("tokens           +%,d\n".formatted(tokens - 1))
				.containsPattern("(?m)^    2 \\S+ \\S+ FETCHED    Finished +" + "%,d".formatted(tokens) + " +1$")
				.containsPattern("(?m)^    1 \\S+ \\S+ FETCHED    Finished +1 +1$")
				.contains("      request id " + request);
			assertThat(json.at("/booking/closed").booleanValue()).isTrue();
			assertThat(json.at("/booking/month").stringValue()).isEqualTo("2026-10");
			assertThat(json.at("/corrections/0/tokens").longValue()).isEqualTo(tokens - 1);
			assertThat(json.at("/runs").valueStream().map((run) -> run.get("totalTokens").longValue()))
				.containsExactly(tokens, 1L);
			assertThat(assertEnds(65, "runs", "job", "no-such-job").err())
				.contains("account default has no job no-such-job, and no run that is not purged was asked about it");
			assertEnds(64, "runs", "job");
		}

		@Test
		@Order(5)
		void rejectsAnotherPrice() throws IOException {
			prices("0.009");
			assertThat(assertEnds(78, "run", "--ids", "ids.csv", "--fresh").err()).contains(
					"from 0.008 CNY to 0.009 CNY",
					"2026-10 is closed; keep the price, or reopen the month first: job-audit close 2026-10 --reopen");
			assertEnds(78, "report", "--month", OCTOBER);
			prices("0.008");
		}

		@Test
		@Order(6)
		void rejectsAnotherTimeZone() {
			assertThat(assertEnds(78, "report", "--month", OCTOBER, "--audit.report.zone=Asia/Singapore").err())
				.contains("2026-10 is closed in the time zone Asia/Shanghai, but audit.report.zone is Asia/Singapore");
			assertEnds(78, "close", "2026-09", "--audit.report.zone=Asia/Singapore");
		}

		@Test
		@Order(7)
		void isReopenedForAReasonOnly() {
			assertEnds(64, "close", OCTOBER, "--reopen");
			assertEnds(64, "close", OCTOBER, "--reason", "no reopening");
			Ended reopened = assertEnds(0, "close", OCTOBER, "--reopen", "--reason", "tokens were counted again");
			assertThat(reopened.out()).contains("2026-10 is open again; it was closed by");
			assertThat(this.jdbc.sql("select reopened_by || ': ' || reopen_reason from audit.month_close")
				.query(String.class)
				.list()).containsExactly(System.getProperty("user.name") + ": tokens were counted again");
			assertEnds(64, "close", OCTOBER, "--reopen", "--reason", "once more");
		}

		@Test
		@Order(8)
		void hasNewReportsAndNoCorrectionOnceItIsReopened() throws IOException {
			assertEnds(0, "report", "--month", OCTOBER, "--reports", "open");

			assertThat(files("open")).doesNotContainEntry("failures.xlsx", this.files.get("failures.xlsx"));
			assertThat(corrections()).isEmpty();
		}

		private void addASheetToTheFailures() throws IOException {
			Path folder = Files.createDirectories(this.directory.resolve("config/report/failures"));
			Files.writeString(folder.resolve("workbook.yml"),
					"sheets: [{name: One, title: One, columns: [{header: Number, format: count}]}]");
			Files.writeString(folder.resolve("one.sql"), "select 1 as \"Number\"");
		}

		private String booked(String figure) {
			return this.jdbc
				.sql("select trim(to_char(%s, '999,999,999,990%s')) from audit.closed_job".formatted(figure,
						figure.startsWith("round") ? ".99" : ""))
				.query(String.class)
				.single();
		}

		private long jobsOfOctober() {
			return this.jdbc
				.sql("select count(*) from audit.smart_job"
						+ " where to_char(create_time at time zone 'Asia/Shanghai', 'YYYY-MM') = :month")
				.param("month", OCTOBER)
				.query(Long.class)
				.single();
		}

	}

	@Nested
	@TestMethodOrder(OrderAnnotation.class)
	class AnInterruptedClosing extends AfterARun {

		@Test
		@Order(1)
		void booksTheMonthBeforeItsReportsFail() {
			assertThat(assertEnds(73, "close", OCTOBER, "--reports", "ids.csv").err()).contains("not a directory");

			assertThat(this.jdbc.sql("select count(filed_at) || ' of ' || count(*) from audit.month_close")
				.query(String.class)
				.single()).isEqualTo("0 of 1");
		}

		@Test
		@Order(2)
		void isResumedWithTheNumbersThatWereBookedFirst() throws IOException {
			assertEnds(0, "run", "--ids", "ids.csv", "--refetch");
			assertEnds(0, "close", OCTOBER);

			assertThat(this.jdbc.sql("select total_tokens from audit.closed_job where job_id = :id")
				.param("id", this.job.jobId())
				.query(Long.class)
				.list()).containsExactly(1L);
			assertThat(files("reports")).isEqualTo(keptFiles()).isNotEmpty();
			assertThat(corrections()).hasSize(1);
		}

	}

	@Nested
	class AMonthIsNotClosed extends AfterARun {

		@AfterEach
		void andNothingIsBookedOrFiled() {
			assertThat(this.jdbc.sql("select * from audit.month_close").query().listOfRows()).isEmpty();
			assertThat(this.directory.resolve("reports/month-2026-10")).doesNotExist();
		}

		@Test
		void beforeItIsOver() {
			String next = YearMonth.now(Clock.system(ZONE)).plusMonths(1).toString();
			assertThat(assertEnds(64, "close", next).err()).contains("is not over yet in Asia/Shanghai");
		}

		@Test
		void byAWrongCommand() {
			assertEnds(64, "close", "October");
			assertEnds(64, "close");
			assertEnds(64, "close", OCTOBER, "--reopen", "--reason", " ");
		}

		@Test
		void whileAPriceIsNoNumber() throws IOException {
			prices("x");
			assertThat(assertEnds(78, "close", OCTOBER).err()).contains("price_per_1000_tokens is \"x\"");
			prices("0.008");
		}

		@Test
		void whileAnotherProcessHoldsTheLock() throws SQLException {
			try (Connection holder = this.database.getConnection()) {
				JdbcClient.create(new SingleConnectionDataSource(holder, true))
					.sql("select pg_advisory_lock(1785684577, hashtext('default'))")
					.query((row) -> {
					});
				assertThat(assertEnds(75, "close", OCTOBER).err()).contains("holds the lock");
			}
		}

	}

	/** A site of its own, whose one run has priced the jobs of October. */
	@TestInstance(Lifecycle.PER_CLASS)
	abstract static class AfterARun {

		Path directory;

		final Simulator simulator = Simulator.start(SimulatorOptions.defaults());

		final PGSimpleDataSource database = TestPostgres.migratedDatabase();

		final JdbcClient jdbc = JdbcClient.create(this.database);

		final SimulatedJob job = Stream.iterate(0, (number) -> number + 1)
			.map((number) -> SimulatedJobs.of("month-" + number).orElseThrow())
			.filter((candidate) -> YearMonth.from(candidate.createTime().atZone(ZONE)).toString().equals(OCTOBER))
			.filter((candidate) -> candidate.state().equals("Finished") && candidate.totalTokens().isPresent())
			.findFirst()
			.orElseThrow();

		@BeforeAll
		void givenARunThatPricesTheJobsOfOctober(@TempDir Path temporary) throws IOException {
			this.directory = temporary;
			prices("0.008");
			List<String> ids = new ArrayList<>(List.of("job_id", this.job.jobId()));
			Stream.iterate(1_000_000, (number) -> number + 1)
				.limit(IDS)
				.forEach((number) -> ids.add("month-" + number));
			Files.write(this.directory.resolve("ids.csv"), ids);
			assertEnds(0, "run", "--ids", "ids.csv");
			// what the API said before it counted the tokens again
			this.jdbc.sql("update audit.smart_job set total_tokens = 1 where job_id = :id")
				.param("id", this.job.jobId())
				.update();
		}

		@AfterAll
		void close() {
			this.simulator.close();
		}

		Ended assertEnds(int exitCode, String... arguments) {
			Ended ended = new AuditProcess(this.directory).database(this.database)
				.key("simulator", "simulator-secret")
				.setting("audit.api.region", "cn-shanghai")
				.setting("audit.api.endpoint", this.simulator.endpoint())
				.setting("audit.api.rate", 0)
				.environment("AUDIT_REPORT_ZONE", ZONE.getId())
				.run(arguments);
			assertThat(ended.exitCode()).as("%s: %s", String.join(" ", arguments), ended.err()).isEqualTo(exitCode);
			return ended;
		}

		void prices(String price) throws IOException {
			Files.createDirectories(this.directory.resolve("config"));
			Files.writeString(this.directory.resolve("config/prices.csv"),
					"job_type,currency,price_per_1000_tokens,valid_from,valid_to,note\n" + this.job.jobType() + ",CNY,"
							+ price + ",2026-01-01,,\n");
		}

		List<String> corrections() {
			return this.jdbc
				.sql("""
						select concat_ws(' ', to_char(month, 'YYYY-MM'), job_id, to_char(seen_at at time zone 'Asia/Shanghai', 'YYYY-MM'),
						  reason, tokens)
						from audit.v_correction where spend = tokens * 0.008 / 1000 and currency = 'CNY'
						""")
				.query((row, number) -> row.getString(1))
				.list();
		}

		/** Each file of October in a directory of reports, and its SHA-256. */
		Map<String, String> files(String reports) throws IOException {
			Map<String, String> sums = new TreeMap<>();
			try (Stream<Path> files = Files.list(this.directory.resolve(reports).resolve("month-2026-10"))) {
				files.forEach((file) -> sums.put(String.valueOf(file.getFileName()), sha256(file)));
			}
			return sums;
		}

		Map<String, String> keptFiles() {
			Map<String, String> sums = new TreeMap<>();
			this.jdbc.sql("select name, encode(sha256(content), 'hex') as sum from audit.closed_file").query((row) -> {
				sums.put(row.getString("name"), row.getString("sum"));
			});
			return sums;
		}

		private static String sha256(Path file) {
			try {
				return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			catch (NoSuchAlgorithmException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
