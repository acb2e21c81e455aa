package io.jobaudit.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import javax.sql.DataSource;

import org.apache.commons.codec.digest.DigestUtils;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a run has left, whatever it went through.
 *
 * @param repeated answers of the API beyond one for each id
 * @param lost ids without an outcome, or fetched without a row
 * @param twice ids in two buckets, or rows of no fetched id
 * @param deleted files of others that are gone
 */
record ChaosCheck(long repeated, long lost, long twice, long deleted) {

	static final ChaosCheck NOTHING = new ChaosCheck(0, 0, 0, 0);

	private static final String ITEMS = """
			select coalesce(i.outcome, 'PENDING') as outcome, count(*) as ids
			from audit.audit_item i where i.run_id = :id group by 1
			""";

	private static final String WITHOUT_ROW = """
			select count(*) from audit.audit_item i where i.run_id = :id
			and i.outcome = 'FETCHED' and not exists (select from audit.smart_job j where j.job_id = i.job_id)
			""";

	private static final String WITHOUT_ITEM = """
			select count(*) from audit.smart_job j where j.job_id like 'night' || :night || '-%'
			and not exists (select from audit.audit_item i
			  where i.run_id = :id and i.job_id = j.job_id and i.outcome = 'FETCHED')
			""";

	private static final String MORE_THAN_ONCE = """
			select count(*) - count(distinct job_id) from audit.audit_item where run_id = :id
			""";

	private static final String TOKENS = """
			select sum(total_tokens) from audit.smart_job where job_id like 'night' || :night || '-%'
			""";

	/**
	 * Counts, and compares the summary and the files with the database.
	 * @param night number of the runs; a server that was killed leaves a gap in the
	 * numbers that it gives them
	 */
	static ChaosCheck of(DataSource database, Path reports, int night, long answers) throws IOException {
		JdbcClient jdbc = JdbcClient.create(database);
		long id = jdbc.sql("select max(run_id) from audit.audit_run").query(Long.class).single();
		Map<String, Long> outcomes = new TreeMap<>();
		jdbc.sql(ITEMS).param("id", id).query((row) -> {
			outcomes.put(row.getString("outcome"), row.getLong("ids"));
		});
		long pending = outcomes.getOrDefault("PENDING", 0L);
		long decided = outcomes.values().stream().mapToLong(Long::longValue).sum() - pending;
		long expected = ChaosNight.JOBS + ChaosNight.UNKNOWN;
		long lost = Math.max(0, expected - decided) + number(jdbc, WITHOUT_ROW, id, night);
		long twice = number(jdbc, MORE_THAN_ONCE, id, night) + number(jdbc, WITHOUT_ITEM, id, night);
		assertThat(number(jdbc, "select count(*) from audit.audit_run", id, night)).as("runs").isEqualTo(night);
		assertThat(names(reports).stream().filter((name) -> !name.matches("run-\\d+|notes\\.txt")))
			.as("what is left beside the reports of run %d", id)
			.isEmpty();
		assertThat(names(reports).stream().filter((name) -> name.startsWith("run-"))).hasSize(night);
		checkReports(reports.resolve("run-" + id), outcomes, number(jdbc, TOKENS, id, night));
		return new ChaosCheck(answers - expected, lost, twice, Files.exists(reports.resolve("notes.txt")) ? 0 : 1);
	}

	ChaosCheck plus(ChaosCheck other) {
		return new ChaosCheck(this.repeated + other.repeated, this.lost + other.lost, this.twice + other.twice,
				this.deleted + other.deleted);
	}

	private static void checkReports(Path directory, Map<String, Long> outcomes, long tokens) throws IOException {
		JsonNode summary = JsonMapper.shared().readTree(directory.resolve("run-summary.json"));
		assertThat(summary.path("status").stringValue()).isEqualTo("COMPLETED");
		assertThat(summary.path("reconciled").booleanValue()).isTrue();
		assertThat(summary.path("pending").longValue()).isZero();
		Map<String, Long> said = new TreeMap<>();
		summary.path("outcomes").properties().forEach((field) -> {
			if (field.getValue().longValue() > 0) {
				said.put(field.getKey(), field.getValue().longValue());
			}
		});
		assertThat(said).as("outcomes of %s", directory).isEqualTo(outcomes);
		long jobs = summary.path("jobs").path("byState").valueStream().mapToLong(JsonNode::longValue).sum();
		assertThat(jobs).as("jobs of %s", directory).isEqualTo(outcomes.get("FETCHED"));
		assertThat(summary.path("tokens").path("total").longValue()).isEqualTo(tokens);
		for (JsonNode file : summary.path("files")) {
			Path path = directory.resolve(file.path("name").stringValue());
			assertThat(DigestUtils.sha256Hex(Files.readAllBytes(path))).as("SHA-256 of %s", path)
				.isEqualTo(file.path("sha256").stringValue());
		}
		assertThat(summary.path("files").size()).isGreaterThan(3);
	}

	private static List<String> names(Path directory) throws IOException {
		try (Stream<Path> files = Files.list(directory)) {
			return files.map((file) -> file.getFileName().toString()).toList();
		}
	}

	private static long number(JdbcClient jdbc, String sql, long id, int night) {
		return jdbc.sql(sql).param("id", id).param("night", night).query(Long.class).single();
	}

}
