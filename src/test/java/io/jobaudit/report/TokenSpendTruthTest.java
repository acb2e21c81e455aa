package io.jobaudit.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.jobaudit.RunId;
import io.jobaudit.TestPostgres;
import io.jobaudit.report.WrittenReports.ReportFile;
import io.jobaudit.report.subject.ReportPeriod;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares every figure of the finance workbook, for a run and for the month with the
 * same jobs, with sums of the stored rows by this test.
 */
@Tag("slow")
class TokenSpendTruthTest {

	private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

	private static final YearMonth OCTOBER = YearMonth.of(2026, 10);

	private static final DataSource DATABASE = TestPostgres.migratedDatabase();

	private static final JdbcClient JDBC = JdbcClient.create(DATABASE);

	@TempDir
	private static Path directory;

	private static List<Job> jobs = List.of();

	private static Map<String, ReadWorkbook> workbooks = Map.of();

	@BeforeAll
	static void writeAndReadBack() {
		RunId run = RealisticRun.seed(DATABASE, 3_000);
		// Two types more have tokens, one of them no price; so have failed jobs, which
		// are free.
		JDBC.sql("""
				update audit.smart_job set usage_status = 'REPORTED', total_tokens = 17 + length(user_data) * 111
				where job_type in ('ASR', 'DynamicChart') and substr(job_id, 1, 1) < 'a'
				or job_type = 'TextGenerate' and state = 'Failed'""").update();
		new PriceSeed(DATABASE, ZONE).price("TextGenerate", "CNY", "0.0123", "2026-09-01", "2026-10-14")
			.price("TextGenerate", "KWD", "0.00071", "2026-10-15", null)
			.price("ASR", "JPY", "13.37", "2026-10-01", "2026-10-31");
		jobs = jobs();
		ReportWriter writer = new ReportWriter(DATABASE, ReportSettings.of(directory, ZONE));
		workbooks = Map.of("run", ReadWorkbook.of(writer.write(run, () -> false), "token-spend.xlsx"), "month",
				ReadWorkbook.of(writer.write(ReportPeriod.of(OCTOBER), RunSeed.ACCOUNT, () -> false),
						"token-spend.xlsx"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "run", "month" })
	void everyFigureOfTheSummaryIsTheDatabases(String subject) {
		ReadWorkbook workbook = workbook(subject);

		assertFigure(workbook, "Total tokens", tokens((job) -> true), 0);
		assertFigure(workbook, "Prompt tokens", sum((job) -> true, Job::prompt), 0);
		assertFigure(workbook, "Completion tokens", sum((job) -> true, Job::completion), 0);
		assertFigure(workbook, "Tokens per reporting job", Objects.requireNonNull(tokens((job) -> true))
			.divide(BigDecimal.valueOf(count((job) -> job.tokens() != null)), 2, RoundingMode.HALF_UP), 2);
		assertFigure(workbook, "Spend in CNY", sum((job) -> job.isPaidIn("CNY"), Job::spend), 2);
		assertFigure(workbook, "Spend in JPY", sum((job) -> job.isPaidIn("JPY"), Job::spend), 0);
		assertFigure(workbook, "Spend in KWD", sum((job) -> job.isPaidIn("KWD"), Job::spend), 3);
		assertFigure(workbook, "Priced tokens", tokens((job) -> job.spend() != null), 0);
		assertFigure(workbook, "Unpriced tokens", tokens(Job::isUnpriced), 0);
		assertFigure(workbook, "Unpriced jobs", BigDecimal.valueOf(count(Job::isUnpriced)), 0);
		assertFigure(workbook, "Tokens of failed jobs", tokens(Job::isFailed), 0);
		assertFigure(workbook, "Jobs reporting tokens", BigDecimal.valueOf(count((job) -> job.is("REPORTED"))), 0);
		assertFigure(workbook, "Jobs not reporting", BigDecimal.valueOf(count((job) -> job.is("ABSENT"))), 0);
		assertFigure(workbook, "Jobs with unreadable usage", BigDecimal.valueOf(count((job) -> job.is("UNREADABLE"))),
				0);
		assertFigure(workbook, "Jobs", BigDecimal.valueOf(3_000), 0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "run", "month" })
	void everyRowOfTheGroupedSheetsIsTheDatabases(String subject) {
		ReadWorkbook workbook = workbook(subject);

		assertRows(workbook, "By day and type", (job) -> List.of(job.day().toString(), job.type(), job.paidIn()), "Day",
				"Job type", "Currency");
		assertRows(workbook, "By month", (job) -> List.of("2026-10", job.paidIn()), "Month", "Currency");
		assertRows(workbook, "By user", (job) -> List.of(job.user(), job.paidIn()), "User id", "Currency");
		assertRows(workbook, "By cost centre",
				(job) -> List.of(subject.equals("run") ? job.centre() : "(none)", job.paidIn()), "Cost centre",
				"Currency");
		assertThat(workbook.column("By job type", "Job type")).as("one bar of the chart each, whatever its currencies")
			.containsExactlyInAnyOrder("TextGenerate", "ASR", "TextToSpeech", "VideoTranslation", "DynamicChart",
					"Total");
		assertThat(workbook.column("By day", "Total tokens")).endsWith(shown(tokens((job) -> true), 0));
	}

	@ParameterizedTest
	@ValueSource(strings = { "run", "month" })
	void everyTotalRowIsTheDatabasesAndCurrenciesAreNeverAddedUp(String subject) {
		ReadWorkbook workbook = workbook(subject);
		String total = shown(tokens((job) -> true), 0);
		for (String sheet : List.of("By day and type", "By month", "By user", "By cost centre")) {
			assertThat(workbook.totals(sheet)).as(sheet)
				.containsEntry("Jobs", "3,000")
				.containsEntry("Reporting", shown(BigDecimal.valueOf(count((job) -> job.is("REPORTED"))), 0))
				.containsEntry("Total tokens", total)
				.containsEntry("Spend", "");
			assertThat(workbook.totals(sheet, "JPY")).as(sheet)
				.containsEntry("Jobs", "")
				.containsEntry("Spend", shown(sum((job) -> job.isPaidIn("JPY"), Job::spend), 0));
			assertThat(workbook.end(sheet, "Control total", "KWD")).as(sheet)
				.containsEntry("Spend", shown(sum((job) -> job.isPaidIn("KWD"), Job::spend), 3));
		}
		assertThat(workbook.totals("By day")).containsEntry("Total tokens", total);
		assertThat(workbook.totals("By job type")).containsEntry("Jobs", "3,000").containsEntry("Total tokens", total);
		assertThat(workbook.totals("Token jobs")).containsEntry("Total tokens", total);
		assertThat(workbook.totals("Token jobs", "CNY")).containsEntry("Spend",
				shown(sum((job) -> job.isPaidIn("CNY"), Job::spend), 2));
		assertThat(workbook.totals("Top 50 jobs")).containsEntry("Total tokens",
				shown(jobs.stream()
					.flatMap((job) -> Stream.ofNullable(job.tokens()))
					.sorted((one, other) -> other.compareTo(one))
					.limit(50)
					.reduce(BigDecimal.ZERO, BigDecimal::add), 0));
		assertThat(workbook.column("Not reported", "Job id")).hasSize((int) count((job) -> !job.is("REPORTED")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "run", "month" })
	void pricesShowWhatWasBookedAtEachAndTypesWithoutOne(String subject) {
		ReadWorkbook workbook = workbook(subject);

		assertThat(workbook.column("Prices", "Job type")).startsWith("DynamicChart", "ASR", "TextGenerate",
				"TextGenerate", "Total");
		assertThat(workbook.column("Prices", "Status")).startsWith("Unpriced", "In force", "In force", "In force");
		assertThat(workbook.column("Prices", "Price of 1,000 tokens")).startsWith("", "13.37", "0.0123", "0.00071");
		assertThat(workbook.column("Prices", "Tokens")).startsWith(shown(tokens(Job::isUnpriced), 0),
				shown(tokens((job) -> job.isPaidIn("JPY")), 0), shown(tokens((job) -> job.isPaidIn("CNY")), 0),
				shown(tokens((job) -> job.isPaidIn("KWD")), 0));
		assertThat(workbook.column("Prices", "Spend")).startsWith("",
				shown(sum((job) -> job.isPaidIn("JPY"), Job::spend), 0),
				shown(sum((job) -> job.isPaidIn("CNY"), Job::spend), 2),
				shown(sum((job) -> job.isPaidIn("KWD"), Job::spend), 3));
	}

	@ParameterizedTest
	@ValueSource(strings = { "run", "month" })
	void checksAndControlTotalsAreZeroAndSpendIsAmongThem(String subject) {
		ReadWorkbook workbook = workbook(subject);

		assertThat(workbook.rows("Summary")).filteredOn((row) -> ReadWorkbook.text(row.getCell(0)).equals("Check"))
			.hasSize(subject.equals("run") ? 5 : 3)
			.allSatisfy((row) -> assertThat(ReadWorkbook.text(row.getCell(1))).isEqualTo("0"));
		assertThat(workbook.differences())
			.containsKeys("Summary, Spend in KWD, tokens and prices", "By user, Spend CNY, tokens and prices",
					"Prices, Spend JPY, tokens and prices")
			.allSatisfy((figure, difference) -> assertThat(difference).as(figure).isZero());
	}

	@Test
	void theSameMonthIsTheSameBytes() {
		ReportWriter writer = new ReportWriter(DATABASE, ReportSettings.of(directory, ZONE));

		List<ReportFile> first = writer.write(ReportPeriod.of(OCTOBER), RunSeed.ACCOUNT, () -> false).files();

		assertThat(writer.write(ReportPeriod.of(OCTOBER), RunSeed.ACCOUNT, () -> false).files()).isEqualTo(first);
	}

	private static void assertFigure(ReadWorkbook workbook, String label, @Nullable BigDecimal expected, int digits) {
		assertThat(workbook.figure(label)).as(label).isEqualTo(shown(expected, digits));
	}

	/** Jobs, tokens and spend by the sheet's keys. */
	private static void assertRows(ReadWorkbook workbook, String sheet, Function<Job, List<String>> key,
			String... headers) {
		Map<List<String>, String> expected = new HashMap<>();
		folded(jobs.stream().collect(Collectors.groupingBy(key))).forEach((group, members) -> {
			BigDecimal spend = add(members, Job::spend);
			expected.put(group,
					members.size() + "|" + shown(add(members, Job::tokens), 0) + "|" + shown(spend, digits(group)));
		});
		List<List<String>> keys = Stream.of(headers).map((header) -> workbook.column(sheet, header)).toList();
		List<String> counts = workbook.column(sheet, "Jobs");
		List<String> tokens = workbook.column(sheet, "Total tokens");
		List<String> spends = workbook.column(sheet, "Spend");
		Map<List<String>, String> found = new HashMap<>();
		for (int row = 0; row < counts.size(); row++) {
			int index = row;
			if (List.of("Total", "Rounding").contains(keys.get(0).get(row))) {
				continue;
			}
			found.put(keys.stream().map((column) -> column.get(index)).toList(),
					counts.get(row).replace(",", "") + "|" + tokens.get(row) + "|" + spends.get(row));
		}
		assertThat(new TreeMap<>(texts(found))).as(sheet).isEqualTo(new TreeMap<>(texts(expected)));
	}

	/**
	 * Jobs without money join those in the first currency of their group, else those
	 * without a price, if there are any.
	 */
	private static Map<List<String>, List<Job>> folded(Map<List<String>, List<Job>> groups) {
		Map<List<String>, List<Job>> folded = new HashMap<>();
		groups.forEach((group, members) -> members.forEach((job) -> {
			List<String> of = group;
			if (job.spend() == null && !job.isUnpriced()) {
				of = Stream.of("CNY", "JPY", "KWD", "(no price)")
					.map((currency) -> with(group, currency))
					.filter((other) -> groups.getOrDefault(other, List.of())
						.stream()
						.anyMatch((one) -> one.spend() != null || one.isUnpriced()))
					.findFirst()
					.orElse(with(group, ""));
			}
			folded.computeIfAbsent(of, (name) -> new ArrayList<>()).add(job);
		}));
		return folded;
	}

	private static List<String> with(List<String> group, String currency) {
		List<String> other = new ArrayList<>(group);
		other.set(group.size() - 1, currency);
		return other;
	}

	private static int digits(List<String> group) {
		return switch (group.get(group.size() - 1)) {
			case "JPY" -> 0;
			case "KWD" -> 3;
			default -> 2;
		};
	}

	private static Map<String, String> texts(Map<List<String>, String> rows) {
		return rows.entrySet()
			.stream()
			.collect(Collectors.toMap((entry) -> String.join(" ", entry.getKey()), Map.Entry::getValue));
	}

	private static ReadWorkbook workbook(String subject) {
		return Objects.requireNonNull(workbooks.get(subject));
	}

	private static String shown(@Nullable BigDecimal number, int digits) {
		return (number != null) ? String.format(Locale.ROOT, "%,." + digits + "f", number) : "";
	}

	private static long count(Predicate<Job> which) {
		return jobs.stream().filter(which).count();
	}

	private static @Nullable BigDecimal tokens(Predicate<Job> which) {
		return sum(which, Job::tokens);
	}

	private static @Nullable BigDecimal sum(Predicate<Job> which, Function<Job, @Nullable BigDecimal> what) {
		return add(jobs.stream().filter(which).toList(), what);
	}

	/** Null when there is nothing to add up. */
	private static @Nullable BigDecimal add(List<Job> some, Function<Job, @Nullable BigDecimal> what) {
		return some.stream().flatMap((job) -> Stream.ofNullable(what.apply(job))).reduce(BigDecimal::add).orElse(null);
	}

	private static List<Job> jobs() {
		return JDBC.sql("""
				select j.*, i.labels ->> 'cost_centre' as centre from audit.smart_job j
				join audit.audit_item i using (job_id)""")
			.query((row, number) -> new Job(row.getString("job_type"), row.getString("state"),
					row.getString("usage_status"), row.getBigDecimal("total_tokens"),
					row.getBigDecimal("prompt_tokens"), row.getBigDecimal("completion_tokens"),
					row.getObject("create_time", OffsetDateTime.class).toInstant(), row.getString("user_id"),
					row.getString("centre")))
			.list();
	}

	/** A stored job, priced by this test's own rules. */
	private record Job(String type, String state, String usage, @Nullable BigDecimal tokens,
			@Nullable BigDecimal prompt, @Nullable BigDecimal completion, Instant created, String user, String centre) {

		LocalDate day() {
			return this.created.atZone(ZONE).toLocalDate();
		}

		/** Currency of its job type on its day. */
		String paidIn() {
			return switch (this.type) {
				case "TextGenerate" -> (day().getDayOfMonth() < 15) ? "CNY" : "KWD";
				case "ASR" -> "JPY";
				default -> "(no price)";
			};
		}

		@Nullable BigDecimal spend() {
			if (this.tokens == null || isFailed()) {
				return null;
			}
			return switch (paidIn()) {
				case "CNY" -> this.tokens.multiply(new BigDecimal("0.0000123"));
				case "KWD" -> this.tokens.multiply(new BigDecimal("0.00000071"));
				case "JPY" -> this.tokens.multiply(new BigDecimal("0.01337"));
				default -> null;
			};
		}

		boolean isPaidIn(String currency) {
			return spend() != null && paidIn().equals(currency);
		}

		boolean isUnpriced() {
			return this.tokens != null && !isFailed() && paidIn().equals("(no price)");
		}

		boolean isFailed() {
			return this.state.equals("Failed");
		}

		boolean is(String status) {
			return this.usage.equals(status);
		}

	}

}
