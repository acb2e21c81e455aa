package io.jobaudit.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import io.jobaudit.TestPostgres;
import io.jobaudit.cli.AuditProcess.Ended;
import io.jobaudit.simulator.SimulatedJob;
import io.jobaudit.simulator.SimulatedJobs;
import io.jobaudit.simulator.Simulator;
import io.jobaudit.simulator.SimulatorOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bad answers of every kind among good ones, at volume and in a small heap: each id gets
 * what its own answer deserves.
 */
class BadContentIT {

	private static final int GOOD = 2000;

	private static final int OF_EACH_KIND = 50;

	/** What an id begins with, and the item that it must become. */
	private static final Map<String, String> UNREADABLE = Map.ofEntries(
			Map.entry("huge", "UNREADABLE AnswerTooLarge 1"), Map.entry("bomb", "UNREADABLE AnswerTooLarge 1"),
			Map.entry("deep", "UNREADABLE BeyondReach 1"), Map.entry("other", "UNREADABLE WrongJobId 3+"),
			Map.entry("trailing", "UNREADABLE NotJson 3+"), Map.entry("doubled", "UNREADABLE NotJson 3+"),
			Map.entry("empty", "UNREADABLE NotJson 3+"), Map.entry("array", "UNREADABLE NotJson 3+"),
			Map.entry("null", "UNREADABLE NotJson 3+"), Map.entry("utf16", "UNREADABLE NotJson 3+"),
			Map.entry("control", "UNREADABLE NotJson 3+"), Map.entry("garbled", "UNREADABLE NotJson 3+"));

	/** What an id begins with, and what its row must say. */
	private static final Map<String, List<String>> ANOMALIES = Map.of("gbk",
			List.of("replaced bytes: the answer is not UTF-8"), "bom", List.of(), "twice",
			List.of("duplicate field: State"), "numbers",
			List.of("unknown field: Weight", "unknown field: Height", "number out of range: Weight: 1E+400000"));

	@TempDir
	private Path directory = Path.of("");

	private final Simulator simulator = Simulator.start(SimulatorOptions.defaults());

	private final PGSimpleDataSource database = TestPostgres.emptyDatabase();

	private final JdbcClient jdbc = JdbcClient.create(this.database);

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@Test
	void eachIdGetsWhatItsOwnAnswerDeserves() throws IOException {
		List<String> ids = mixedIds();

		Ended ended = run("-Xmx256m", ids);

		assertThat(ended.exitCode()).as(ended.err()).isEqualTo(3);
		assertThat(ended.err()).doesNotContain("OutOfMemory");
		assertThat(items()).isEqualTo(expectedItems(ids));
		assertRows(ids);
	}

	@Test
	void aSmallHeapBearsAsManyLargeAnswersAsThereAreCallsInFlight() throws IOException {
		List<String> ids = new ArrayList<>(numbered("huge", 32));
		ids.addAll(numbered("bomb", 32));
		Collections.shuffle(ids, new Random(7));

		Ended ended = run("-Xmx160m", ids);

		assertThat(ended.exitCode()).as(ended.err()).isEqualTo(3);
		assertThat(items()).isEqualTo(expectedItems(ids));
		assertThat(this.simulator.statistics().calls()).as("nothing is asked twice").isEqualTo(64);
	}

	@Test
	void aSmallHeapBearsLargeAnswersThatAreStored() throws IOException {
		List<String> ids = numbered("large", 32);

		Ended ended = run("-Xmx256m", ids);

		assertThat(ended.exitCode()).as(ended.err()).isZero();
		assertThat(items()).isEqualTo(expectedItems(ids));
		assertRows(ids);
	}

	private Ended run(String heap, List<String> ids) throws IOException {
		return new AuditProcess(this.directory).database(this.database)
			.key("simulator", "simulator-secret")
			.jvmOptions("-XX:TieredStopAtLevel=1", heap)
			.setting("audit.api.region", "cn-shanghai")
			.setting("audit.api.endpoint", this.simulator.endpoint())
			.setting("audit.api.rate", 0)
			.setting("audit.api.concurrency", 16)
			.setting("audit.retry.max-retries", 2)
			.setting("audit.retry.delay", "1ms")
			.setting("audit.retry.max-delay", "2ms")
			.run("run", "--ids", Files.write(this.directory.resolve("ids.csv"), ids).toString());
	}

	private static List<String> mixedIds() {
		List<String> ids = new ArrayList<>(numbered("good", GOOD));
		UNREADABLE.keySet().forEach((kind) -> ids.addAll(numbered(kind, OF_EACH_KIND)));
		ANOMALIES.keySet().forEach((kind) -> ids.addAll(numbered(kind, OF_EACH_KIND)));
		Collections.shuffle(ids, new Random(7));
		return ids;
	}

	private static List<String> numbered(String kind, int count) {
		return IntStream.range(0, count).mapToObj((i) -> kind + "-" + i).toList();
	}

	private static Map<String, String> expectedItems(List<String> ids) {
		Map<String, String> expected = new HashMap<>();
		ids.forEach((id) -> expected.put(id, UNREADABLE.getOrDefault(kind(id), "FETCHED")));
		return expected;
	}

	private Map<String, String> items() {
		Map<String, String> items = new HashMap<>();
		this.jdbc
			.sql("select job_id, concat_ws(' ', outcome, code, case when outcome = 'UNREADABLE' then"
					+ " case when attempts < 3 then attempts::text else '3+' end end) from audit.audit_item")
			.query((row) -> {
				items.put(row.getString(1), row.getString(2));
			});
		return items;
	}

	private void assertRows(List<String> ids) {
		Map<String, String> rows = new HashMap<>();
		Map<String, List<String>> anomalies = new HashMap<>();
		this.jdbc
			.sql("select job_id, concat_ws('|', state, job_type, error_code, total_tokens,"
					+ " create_time at time zone 'UTC'), array("
					+ "select concat_ws(': ', a ->> 'kind', a ->> 'path', a ->> 'detail')"
					+ " from jsonb_array_elements(anomalies) as a) from audit.smart_job")
			.query((row) -> {
				rows.put(row.getString(1), row.getString(2));
				anomalies.put(row.getString(1), List.of((String[]) row.getArray(3).getArray()));
			});
		List<String> fetched = ids.stream().filter((id) -> !UNREADABLE.containsKey(kind(id))).toList();
		assertThat(rows.keySet()).containsExactlyInAnyOrderElementsOf(fetched);
		assertThat(fetched).allSatisfy((id) -> {
			assertThat(rows.get(id)).isEqualTo(row(SimulatedJobs.of(id).orElseThrow()));
			assertThat(anomalies.get(id)).containsAll(ANOMALIES.getOrDefault(kind(id), List.of()));
		});
	}

	private static String row(SimulatedJob job) {
		String tokens = job.totalTokens().isPresent() ? "|" + job.totalTokens().getAsLong() : "";
		String error = (job.errorCode() != null) ? "|" + job.errorCode() : "";
		return job.state() + "|" + job.jobType() + error + tokens + "|"
				+ job.createTime().toString().replace('T', ' ').replace("Z", "");
	}

	private static String kind(String id) {
		return id.substring(0, id.indexOf('-'));
	}

}
