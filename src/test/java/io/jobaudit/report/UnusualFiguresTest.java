package io.jobaudit.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

import io.jobaudit.RunId;
import io.jobaudit.TestPostgres;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** A figure is unusual outside of median +/- 3 MAD of the list's last runs. */
class UnusualFiguresTest {

	private static final PGSimpleDataSource DATABASE = TestPostgres.migratedDatabase();

	private static final JdbcClient JDBC = JdbcClient.create(TestPostgres.connected(DATABASE));

	@TempDir
	private static Path directory;

	@BeforeEach
	void forget() {
		JDBC.sql("truncate audit.audit_run, audit.audit_item_row, audit.smart_job cascade").update();
	}

	@Test
	void theVerdictIsThatOfAnotherComputationOverHundredsOfHistories() {
		Random random = new Random(11);
		List<String> verdicts = new ArrayList<>();
		for (int round = 0; round < 300; round++) {
			List<BigDecimal> history = random.ints(random.nextInt(40), 0, 1 + random.nextInt(200))
				.mapToObj(BigDecimal::valueOf)
				.toList();
			BigDecimal now = BigDecimal.valueOf(random.nextInt(300));
			JDBC.sql("delete from audit.audit_run").update();
			run("ids-%d.csv",
					history.stream()
						.map((failed) -> types("ASR", 1000, failed, failed.multiply(new BigDecimal("7"))))
						.toList());
			long run = run("ids-%d.csv", "[]");
			for (String figure : List.of("FAILURE_RATE", "TOKENS")) {
				BigDecimal unit = figure.equals("TOKENS") ? new BigDecimal("7") : new BigDecimal("0.001");
				String verdict = verdict(history.stream().map(unit::multiply).toList(), now.multiply(unit),
						figure.equals("TOKENS"));
				assertThat(compared(run, types("ASR", 1000, now, now.multiply(new BigDecimal("7"))), figure))
					.as("%s %s among %s", figure, now, history)
					.isEqualTo(verdict);
				verdicts.add(verdict);
			}
		}
		assertThat(verdicts).contains("UNUSUAL", "USUAL", "TOO_FEW_RUNS");
	}

	@Test
	void onlyCompleteRunsOfTheSameListAreCompared() {
		for (int night = 0; night < 6; night++) {
			run("nightly-2026-11-0%d.csv", types("ASR", 100, BigDecimal.ONE, null));
		}
		run("other.csv", types("ASR", 100, BigDecimal.ONE, null));
		JDBC.sql("update audit.audit_run set status = 'STOPPED' where run_id = :run")
			.param("run", run("nightly-2026-11-0%d.csv", types("ASR", 100, BigDecimal.ONE, null)))
			.update();
		JDBC.sql("update audit.audit_run set parent_run_id = run_id - 1, parent_part = 'failed' where run_id = :run")
			.param("run", run("nightly-2026-11-0%d.csv", types("ASR", 100, BigDecimal.ONE, null)))
			.update();
		long run = run("nightly-2026-11-0%d.csv", "[]");
		assertThat(compared(run, types("ASR", 100, BigDecimal.TEN, null), "FAILURE_RATE")).isEqualTo("TOO_FEW_RUNS");

		JDBC.sql("update audit.audit_run set status = 'COMPLETED' where status = 'STOPPED'").update();

		assertThat(compared(run, types("ASR", 100, BigDecimal.TEN, null), "FAILURE_RATE")).isEqualTo("UNUSUAL");
	}

	@Test
	void anUnusualNightIsOnTheSummaryAndInRunSummaryJson() {
		// given seven nights with 2 % failed, and one with half of the jobs
		for (int night = 0; night < 7; night++) {
			run("ids%d.csv", types("ASR", 100, BigDecimal.valueOf(2), new BigDecimal("5000")));
		}
		RunSeed seed = new RunSeed(DATABASE, Instant.parse("2026-11-22T01:00:00Z"));
		seed.failed("a1", "ASR", "NoVoice", "x")
			.spent("a2", "ASR", 5100, "2026-10-02T00:00:00Z")
			.unspent("b", "New", "ABSENT");
		RunId run = seed.close();
		// when
		WrittenReports reports = new ReportWriter(DATABASE, ReportSettings.of(directory, ZoneId.of("UTC"))).write(run,
				() -> false);
		ReadWorkbook workbook = ReadWorkbook.of(reports, "failures.xlsx");
		JsonNode summary = RunSummaries.read(reports.directory());
		// then
		assertThat(workbook.figure("Unusual figures")).isEqualTo("1");
		assertThat(workbook.figure("Failure rate of ASR")).isEqualTo("50.0%");
		assertThat(workbook.figure("Job types not compared")).as("the new type").isEqualTo("1");
		assertThat(workbook.rows("Summary")).map((row) -> ReadWorkbook.text(row.getCell(3)))
			.contains("median 2.0%, usual 0.0% to 5.0%, in 7 runs");
		assertThat(summary.get("unusualFigures").toString())
			.isEqualTo("[{\"jobType\":\"ASR\",\"figure\":\"FAILURE_RATE\","
					+ "\"amount\":0.5,\"median\":0.02,\"low\":0,\"high\":0.05,\"runs\":7}]");
		assertThat(summary.at("/jobs/types").toString())
			.isEqualTo("[{\"type\":\"ASR\",\"jobs\":2,\"failed\":1,\"tokens\":5100},"
					+ "{\"type\":\"New\",\"jobs\":1,\"failed\":0,\"tokens\":null}]");
	}

	/** The rule in other words: sorted lists, and the mean of the two in the middle. */
	private static String verdict(List<BigDecimal> all, BigDecimal now, boolean isTokens) {
		List<BigDecimal> history = all.subList(Math.max(0, all.size() - 30), all.size());
		if (history.size() < 7) {
			return "TOO_FEW_RUNS";
		}
		BigDecimal median = median(history);
		BigDecimal spread = median(history.stream().map((one) -> one.subtract(median).abs()).toList());
		BigDecimal floor = isTokens ? median.multiply(new BigDecimal("0.05")) : new BigDecimal("0.01");
		return (now.subtract(median).abs().compareTo(spread.max(floor).multiply(BigDecimal.valueOf(3))) > 0) ? "UNUSUAL"
				: "USUAL";
	}

	private static BigDecimal median(List<BigDecimal> values) {
		List<BigDecimal> sorted = values.stream().sorted().collect(Collectors.toList());
		int half = sorted.size() / 2;
		return (sorted.size() % 2 == 1) ? sorted.get(half)
				: sorted.get(half - 1).add(sorted.get(half)).divide(BigDecimal.valueOf(2), MathContext.DECIMAL64);
	}

	private static String types(String type, int jobs, BigDecimal failed, @Nullable BigDecimal tokens) {
		return "[{\"type\": \"%s\", \"jobs\": %d, \"failed\": %s, \"tokens\": %s}]".formatted(type, jobs, failed,
				tokens);
	}

	/** A complete run of a list with figures of its job types. */
	private static long run(String list, String types) {
		run(list, List.of(types));
		return JDBC.sql("select max(run_id) from audit.audit_run").query(Long.class).single();
	}

	private static void run(String list, List<String> types) {
		JDBC.sql(
				"""
						insert into audit.audit_run (account, region, status, input_source, input_sha256, started_at, finished_at,
						  version, settings, summary)
						select 'default', 'cn-shanghai', 'COMPLETED', replace(:list, '%d', cast(night as text)), repeat('a1', 32), now(),
						  now(), '0.1.0', '{}', jsonb_build_object('jobs', jsonb_build_object('types', types))
						from jsonb_array_elements(cast(:all as jsonb)) with ordinality as t (types, night)
						order by night""")
			.param("list", list)
			.param("all", types.toString())
			.update();
	}

	private static String compared(long run, String types, String figure) {
		return JDBC.sql("select verdict from audit.compared_figure(:run, cast(:types as jsonb)) where figure = :figure")
			.params(Map.of("run", run, "types", types, "figure", figure))
			.query(String.class)
			.single();
	}

}
