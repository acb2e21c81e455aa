package io.jobaudit.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import io.jobaudit.Account;
import io.jobaudit.RunId;
import io.jobaudit.SmartJobId;
import io.jobaudit.TestPostgres;
import io.jobaudit.normalize.Anomaly;
import io.jobaudit.normalize.SmartJob;
import io.jobaudit.normalize.SmartJob.UsageStatus;
import io.jobaudit.store.SmartJobStore.StoredJob;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

class SmartJobStoreTest {

	private static final Account ACCOUNT = new Account("default");

	private static final Instant CREATED = Instant.parse("2026-10-25T17:30:00.123456Z");

	private static final Instant FETCHED = Instant.parse("2026-11-22T01:02:03Z");

	private final DataSource database = TestPostgres.migratedDatabase();

	private final JdbcClient jdbc = JdbcClient.create(this.database);

	private final SmartJobStores stores = new SmartJobStores(new JdbcTemplate(this.database));

	@BeforeEach
	void openTwoRuns() {
		for (int i = 0; i < 2; i++) {
			this.jdbc
				.sql("""
						insert into audit.audit_run (account, region, status, input_source, input_sha256, started_at, version, settings)
						values ('default', 'cn-shanghai', 'RUNNING', 'ids.csv', 'x', now(), 'test', '{}')
						""")
				.update();
		}
	}

	@Test
	void everyFieldOfTheRowIsStored() throws Exception {
		this.stores.of(ACCOUNT, new RunId(1)).write(List.of(new StoredJob(full(), "{\"team\":\"a\"}", FETCHED)));

		Map<String, @Nullable Object> row = this.jdbc
			.sql("""
					select *, extract(epoch from create_time)::text as created, extract(epoch from modified_time)::text as modified,
					  extract(epoch from fetched_at)::text as fetched, raw::text as raw_text, anomalies::text as anomalies_text,
					  labels::text as labels_text
					from audit.smart_job
					""")
			.query()
			.singleRow();
		assertThat(row).containsEntry("account", "default")
			.containsEntry("job_id", "job-1")
			.containsEntry("state", "Failed")
			.containsEntry("job_type", "ASR")
			.containsEntry("error_code", "E")
			.containsEntry("error_message", "=cmd()")
			.containsEntry("total_tokens", 30L)
			.containsEntry("prompt_tokens", 10L)
			.containsEntry("completion_tokens", 20L)
			.containsEntry("usage_status", "REPORTED")
			.containsEntry("title", "title")
			.containsEntry("description", "description")
			.containsEntry("user_id", "user")
			.containsEntry("user_data", "data")
			.containsEntry("input_file", "input")
			.containsEntry("output_bucket", "bucket")
			.containsEntry("output_object", "object")
			.containsEntry("media_id", "media")
			.containsEntry("media_url", "url")
			.containsEntry("output", "output")
			.containsEntry("editing_config", "editing")
			.containsEntry("job_parameters", "parameters")
			.containsEntry("created", "1792949400.123456")
			.containsEntry("modified", "1792949401.000000")
			.containsEntry("request_id", "request")
			.containsEntry("ai_result_bytes", 5L)
			.containsEntry("ai_result_sha256", "hash")
			.containsEntry("raw_text", "{\"a\": 1}")
			.containsEntry("anomalies_text", "[{\"kind\": \"x\", \"path\": \"y\"}]")
			.containsEntry("labels_text", "{\"team\": \"a\"}")
			.containsEntry("first_run_id", 1L)
			.containsEntry("last_run_id", 1L)
			.containsEntry("fetched", "1795309323.000000");
	}

	@Test
	void aStoredRowIsReadBackAsItWasWritten() throws Exception {
		this.stores.of(ACCOUNT, new RunId(1)).write(List.of(new StoredJob(full(), "{}", FETCHED)));

		assertThat(this.stores.rows(ACCOUNT).page(null, "", 10)).extracting(StoredJob::job)
			.usingRecursiveFieldByFieldElementComparatorIgnoringFields("raw")
			.containsExactly(full());
	}

	@Test
	void anomaliesThatAnEarlierReleaseStoredAsTextsAreRead() throws Exception {
		this.stores.of(ACCOUNT, new RunId(1)).write(List.of(stored("job-1", "Finished", 5L)));
		this.jdbc.sql("""
				update audit.smart_job set anomalies =
				  '["missing: State", "bad time: SmartJobInfo.CreateTime: 12:00: noon", "more anomalies: 10"]'""")
			.update();

		assertThat(this.stores.rows(ACCOUNT).page(null, "", 10).get(0).job().anomalies()).containsExactly(
				new Anomaly("missing", "State", null),
				new Anomaly("bad time", "SmartJobInfo.CreateTime", "12:00: noon"),
				new Anomaly("more anomalies", "10", null));
	}

	@Test
	void writingTwiceEqualsWritingOnce() throws Exception {
		List<StoredJob> jobs = IntStream.range(0, 500).mapToObj((i) -> stored("job-" + i, "Finished", 5L)).toList();

		this.stores.of(ACCOUNT, new RunId(1)).write(jobs);
		this.stores.of(ACCOUNT, new RunId(2)).write(jobs);

		assertThat(this.jdbc
			.sql("select count(*) || ',' || sum(total_tokens) || ',' || min(first_run_id) || ','"
					+ " || max(first_run_id) || ',' || min(last_run_id) from audit.smart_job")
			.query(String.class)
			.single()).isEqualTo("500,2500,1,1,2");
		assertThat(changes()).isEmpty();
	}

	@Test
	void accountsAreKeptApart() throws Exception {
		this.stores.of(new Account("one"), new RunId(1)).write(List.of(stored("job-1", "Finished", 1L)));
		this.stores.of(new Account("two"), new RunId(1)).write(List.of(stored("job-1", "Failed", null)));

		assertThat(this.jdbc.sql("select account || ':' || state from audit.smart_job order by 1")
			.query(String.class)
			.list()).containsExactly("one:Finished", "two:Failed");
	}

	@Test
	void whatChangesIsLoggedOnceWithBothSides() throws Exception {
		this.stores.of(ACCOUNT, new RunId(1))
			.write(List.of(stored("moved", "Executing", null), stored("same", "Finished", 7L)));

		this.stores.of(ACCOUNT, new RunId(2))
			.write(List.of(stored("moved", "Finished", 42L), stored("same", "Finished", 7L)));

		assertThat(changes()).containsExactly("moved 2 Executing>Finished null>42 ABSENT>REPORTED");
	}

	@Test
	void labelsOfALaterInputAreAddedAndWin() throws Exception {
		this.stores.of(ACCOUNT, new RunId(1))
			.write(List.of(new StoredJob(job("job-1", "Finished", 1L), "{\"team\":\"a\",\"x\":\"1\"}", FETCHED)));

		this.stores.of(ACCOUNT, new RunId(2))
			.write(List.of(new StoredJob(job("job-1", "Finished", 1L), "{\"team\":\"b\"}", FETCHED)));
		this.stores.of(ACCOUNT, new RunId(2)).relabel(List.of(new SmartJobId("job-1")), List.of("{\"y\":\"2\"}"));

		assertThat(this.jdbc.sql("select labels::text from audit.smart_job").query(String.class).single())
			.isEqualTo("{\"x\": \"1\", \"y\": \"2\", \"team\": \"b\"}");
		assertThat(changes()).isEmpty();
	}

	private List<String> changes() {
		return this.jdbc.sql("""
				select format('%s %s %s>%s %s>%s %s>%s', job_id, run_id, old_state, new_state,
				  coalesce(old_total_tokens::text, 'null'), coalesce(new_total_tokens::text, 'null'),
				  old_usage_status, new_usage_status)
				from audit.smart_job_change order by change_id
				""").query((row, number) -> row.getString(1)).list();
	}

	private static StoredJob stored(String id, String state, @Nullable Long tokens) {
		return new StoredJob(job(id, state, tokens), "{}", FETCHED);
	}

	private static SmartJob job(String id, String state, @Nullable Long tokens) {
		return new SmartJob(new SmartJobId(id), state, "TextGenerate", null, null, tokens, null, null,
				(tokens != null) ? UsageStatus.REPORTED : UsageStatus.ABSENT, null, null, null, null, null, null, null,
				null, null, null, null, null, CREATED, null, null, null, null, "{}", List.of());
	}

	private static SmartJob full() {
		return new SmartJob(new SmartJobId("job-1"), "Failed", "ASR", "E", "=cmd()", 30L, 10L, 20L,
				UsageStatus.REPORTED, "title", "description", "user", "data", "input", "bucket", "object", "media",
				"url", "output", "editing", "parameters", CREATED, Instant.parse("2026-10-25T17:30:01Z"), "request", 5L,
				"hash", "{\"a\":1}", List.of(new Anomaly("x", "y", null)));
	}

}
