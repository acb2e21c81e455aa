package io.jobaudit.report;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import javax.sql.DataSource;

import io.jobaudit.Account;
import io.jobaudit.RunId;
import io.jobaudit.TestPostgres;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Writes a run into the tables row by row, as the job does. */
final class RunSeed {

	/** Whose runs they are. */
	static final Account ACCOUNT = new Account("default");

	static final Instant STARTED = Instant.parse("2026-11-22T01:00:00Z");

	private final JdbcClient jdbc;

	private final Instant started;

	private final RunId runId;

	private long line;

	RunSeed(DataSource database) {
		this(client(database), STARTED);
	}

	/** A run that begins and makes all its calls at one instant. */
	RunSeed(DataSource database, Instant started) {
		this(client(database), started);
	}

	private static JdbcClient client(DataSource database) {
		return JdbcClient
			.create((database instanceof PGSimpleDataSource plain) ? TestPostgres.connected(plain) : database);
	}

	private RunSeed(JdbcClient jdbc, Instant started) {
		this.jdbc = jdbc;
		this.started = started;
		this.runId = new RunId(this.jdbc.sql("""
				insert into audit.audit_run (account, region, status, input_source, input_sha256, started_at, version,
				  settings, api_calls, api_throttled, api_retries, api_waited_ms, api_fetch_ms)
				values ('default', 'cn-shanghai', 'RUNNING', 'ids.csv', repeat('a1', 32), cast(:started as timestamptz),
				  '0.1.0', '{"audit.api.rate": "20"}', 1100, 20, 110, 3200, 55555)
				returning run_id""").param("started", started.toString()).query(Long.class).single());
	}

	RunId runId() {
		return this.runId;
	}

	RunSeed job(String jobId, String outcome, Map<String, Object> columns) {
		this.jdbc
			.sql("""
					insert into audit.smart_job
					select (jsonb_populate_record(null::audit.smart_job, jsonb_build_object('labels', '{}'::jsonb) ||
					  cast(:columns as jsonb) || jsonb_build_object('account', 'default', 'job_id', cast(:id as text), 'raw', '{}'::jsonb,
					  'anomalies', '[]'::jsonb, 'first_run_id', :run, 'last_run_id', :run, 'fetched_at', cast(:started as text)))).*""")
			.param("columns", json(columns))
			.param("id", jobId)
			.param("run", this.runId.value())
			.param("started", this.started.toString())
			.update();
		return item(jobId, outcome, Map.of());
	}

	/** A stored job that is fetched again; other columns are unchanged. */
	RunSeed asked(String jobId, @Nullable String state, @Nullable String code) {
		this.jdbc.sql("""
				update audit.smart_job
				set state = :state, error_code = :code, error_message = :code, last_run_id = :run,
				  fetched_at = cast(:started as timestamptz)
				where job_id = :id""")
			.param("state", state)
			.param("code", code)
			.param("run", this.runId.value())
			.param("started", this.started.toString())
			.param("id", jobId)
			.update();
		return item(jobId, "FETCHED", Map.of());
	}

	/** Completes the run and begins the account's next one. */
	RunSeed next(Instant startedNext) {
		close();
		this.jdbc.sql("update audit.audit_run set status = 'COMPLETED' where run_id = :run")
			.param("run", this.runId.value())
			.update();
		return new RunSeed(this.jdbc, startedNext);
	}

	/** A job that failed with a code and a message. */
	RunSeed failed(String jobId, String type, @Nullable String code, String message) {
		Map<String, Object> columns = new HashMap<>(
				Map.of("state", "Failed", "job_type", type, "error_message", message, "usage_status", "ABSENT",
						"create_time", "2026-10-01T02:03:04Z", "modified_time", "2026-10-01T02:03:34Z"));
		columns.put("error_code", code);
		return job(jobId, "FETCHED", columns);
	}

	/** A finished job whose usage was read. */
	RunSeed spent(String jobId, String type, long tokens, String created) {
		return job(jobId, "FETCHED", Map.of("state", "Finished", "job_type", type, "usage_status", "REPORTED",
				"total_tokens", tokens, "prompt_tokens", tokens / 4, "create_time", created));
	}

	/** A finished job whose usage is absent or unreadable. */
	RunSeed unspent(String jobId, String type, String usageStatus) {
		return job(jobId, "UNCHANGED", Map.of("state", "Finished", "job_type", type, "usage_status", usageStatus));
	}

	RunSeed item(String jobId, @Nullable String outcome, Map<String, Object> columns) {
		this.jdbc
			.sql("""
					insert into audit.audit_item
					select (jsonb_populate_record(null::audit.audit_item, jsonb_build_object('labels', '{}'::jsonb,
					  'attempts', 1, 'decided_at', cast(:started as text)) || cast(:columns as jsonb) || jsonb_build_object('run_id', :run,
					  'item_no', :line, 'job_id', cast(:id as text), 'outcome', cast(:outcome as text)))).*""")
			.param("columns", json(columns))
			.param("run", this.runId.value())
			.param("line", ++this.line)
			.param("id", jobId)
			.param("outcome", outcome)
			.param("started", this.started.toString())
			.update();
		return this;
	}

	/** Continues below a line of the input. */
	RunSeed continueAt(long line) {
		this.line = line;
		return this;
	}

	RunSeed unreadable(int ids) {
		for (int number = 1; number <= ids; number++) {
			item("unreadable-" + number, "UNREADABLE", Map.of("http_status", 503, "code", "ServiceUnavailable",
					"message", "no answer after 6 attempts", "attempts", 6, "labels", Map.of("team", "studio")));
		}
		return this;
	}

	RunSeed labels(String jobId, Map<String, Object> labels) {
		this.jdbc
			.sql("update audit.audit_item set labels = cast(:labels as jsonb) where job_id = :id and run_id = :run")
			.param("labels", json(labels))
			.param("id", jobId)
			.param("run", this.runId.value())
			.update();
		return this;
	}

	RunSeed rejected(String reason) {
		this.jdbc.sql("insert into audit.audit_rejected_line values (:run, :line, 'x', :reason)")
			.param("run", this.runId.value())
			.param("line", ++this.line)
			.param("reason", reason)
			.update();
		return this;
	}

	/** Closes the run with the counts of the import. */
	RunId close() {
		this.jdbc
			.sql("""
					update audit.audit_run r set finished_at = cast(:finished as timestamptz), exit_code = 3, lines_read = :lines,
					  distinct_ids = (select count(*) from audit.audit_item i where i.run_id = r.run_id),
					  duplicates = (select count(*) from audit.audit_rejected_line l
					                where l.run_id = r.run_id and l.reason = 'DUPLICATE'),
					  malformed = (select count(*) from audit.audit_rejected_line l
					               where l.run_id = r.run_id and l.reason <> 'DUPLICATE')
					where run_id = :run""")
			.param("finished", this.started.plus(Duration.ofMinutes(1)).toString())
			.param("lines", this.line)
			.param("run", this.runId.value())
			.update();
		return this.runId;
	}

	private static String json(Map<String, Object> value) {
		return JsonMapper.shared().writeValueAsString(value);
	}

}
