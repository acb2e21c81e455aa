package io.jobaudit.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a statement reads on a database with a long history and without statistics: the
 * cost of a night follows its own work, whatever the planner knows.
 */
public final class QueryPlans {

	private static final AtomicInteger PREPARED = new AtomicInteger();

	private static final List<String> HISTORY = List.of(
			"""
					insert into audit.audit_run (account, region, status, input_source, input_sha256, lines_read, distinct_ids,
					  duplicates, malformed, started_at, finished_at, exit_code, version, settings, api_calls, api_fetch_ms)
					select 'default', 'cn-shanghai', 'COMPLETED', 'ids.csv', md5('input' || r) || md5(r::text), :ids + 2, :ids, 1, 1,
					  now() - (:runs + 1 - r) * interval '1 day', now() - (:runs + 1 - r) * interval '1 day' + interval '5 minutes', 0,
					  '1.0.0', '{"audit.api.rate": "20"}', :ids, 50 * :ids
					from generate_series(1, :runs) r order by r""",
			"""
					insert into audit.audit_input (run_id, input_no, source, sha256, line_offset)
					select run_id, 1, 'ids.csv', input_sha256, 0 from audit.audit_run order by run_id""", """
					insert into audit.audit_rejected_line (run_id, line_no, content, reason)
					select run_id, lines_read - n, 'x', case n when 0 then 'TOO_LONG' else 'DUPLICATE' end
					from audit.audit_run cross join generate_series(0, 1) n order by 1, 2""",
			"""
					create temporary table history_job as
					select n, md5('job' || n) as job_id, h, h % 1000 < 130 as failed, h % 1000 between 130 and 159 as late,
					  h % 1000 between 160 and 164 as recovered, r.run_id as run, r.started_at as seen
					from generate_series(1, :ids + (:runs - 1) * :new) n
					cross join lateral (select ('x' || substr(md5(n::text), 1, 8))::bit(32)::bigint as h) d
					join audit.audit_run r on r.run_id = 1 + greatest(0, n - :ids + :new - 1) / :new""",
			"""
					insert into audit.audit_item_row (run_id, item_no, job_id, labels, outcome, http_status, request_id, attempts, decided_at)
					select r.run_id, n - :new * (r.run_id - 1), job_id, jsonb_build_object('team', 'team-' || n % 7),
					  case when asked then 'FETCHED' else 'UNCHANGED' end, case when asked then 200 end,
					  case when asked then upper(md5('request' || n)) end, asked::int, r.started_at + interval '1 minute'
					from audit.audit_run r
					join history_job on n between :new * (r.run_id - 1) + 1 and :new * (r.run_id - 1) + :ids
					cross join lateral (select run = r.run_id or run = r.run_id - 1 and (late or recovered) as asked) a
					order by r.run_id, n""",
			"""
					insert into audit.smart_job (account, job_id, state, job_type, error_code, error_message, total_tokens,
					  usage_status, title, user_id, user_data, input_file, create_time, modified_time, request_id, labels, raw,
					  first_run_id, last_run_id, fetched_at, first_seen_at, failed_run_id, failed_at)
					select 'default', job_id, case when failed then 'Failed' else 'Finished' end, job_type,
					  case when failed then 'Error.' || h / 1000 % 9 end, case when failed then 'The job failed.' end,
					  case when tokens then 200 + h / 5 % 4800 end, case when tokens then 'REPORTED' else 'ABSENT' end,
					  'Episode ' || n, '19745264' || lpad((h % 90)::text, 2, '0'), '{"show":"evening-' || h % 12 || '"}',
					  'oss://media-input.oss-cn-shanghai.aliyuncs.com/episode-' || n || '.mp4', seen - h % 80000 * interval '1 second',
					  seen - interval '1 minute', upper(md5('request' || n)), jsonb_build_object('team', 'team-' || n % 7),
					  jsonb_build_object('SmartJobInfo', jsonb_build_object('JobId', job_id, 'Description', repeat('about it ', 60))),
					  run, least(:runs, run + (late or recovered)::int), seen + interval '1 minute', seen + interval '1 minute',
					  case when failed or recovered then run end, case when failed or recovered then seen + interval '1 minute' end
					from history_job
					cross join lateral (
					  select (array['TextGenerate', 'ASR', 'TextToSpeech', 'VideoTranslation', 'DynamicChart'])[1 + h / 1000 % 5] as job_type) t
					cross join lateral (select job_type = 'TextGenerate' and not failed as tokens) u
					order by n""",
			"""
					insert into audit.smart_job_change (account, job_id, run_id, changed_at, old_state, new_state, old_job_type, new_job_type,
					  old_error_code, old_usage_status, new_usage_status, failed_run_id, failed_at)
					select 'default', job_id, run + 1, seen + interval '1 day', case when late then 'Executing' else 'Failed' end, 'Finished',
					  'ASR', 'ASR', case when recovered then 'Error.1' end, 'ABSENT', 'ABSENT', case when recovered then run end,
					  case when recovered then seen + interval '1 minute' end
					from history_job where (late or recovered) and run < :runs order by run, n""",
			"""
					insert into audit.failure_count
					select account, failed_run_id, kind, job_type, error_code, count(*) filter (where not is_over),
					  count(*) filter (where is_over), min(seen_at), max(seen_at)
					from (
					  select account, failed_run_id, kind, job_type, error_code, seen_at, false as is_over from audit.v_failure
					  union all
					  select account, failed_run_id, kind, job_type, error_code, failed_at, true from audit.v_recovery) as failure
					group by 1, 2, 3, 4, 5""",
			"drop table history_job");

	/** A null whose type the driver declares, unlike that of other nulls. */
	static final Object NO_NUMBER = new Object();

	private QueryPlans() {
	}

	/**
	 * The 8 KB pages that a statement reads, from memory, disk or temporary files, when
	 * it is planned with its values; what it changes is rolled back.
	 * @param sql with a question mark for each argument
	 */
	public static long buffers(Connection connection, String sql, @Nullable Object... args) throws SQLException {
		return pages(plan("force_custom_plan", connection, sql, args));
	}

	/**
	 * The same with one plan for all values, which a statement may have that is executed
	 * again and again on one connection.
	 */
	public static long buffersOfGenericPlan(Connection connection, String sql, @Nullable Object... args)
			throws SQLException {
		return pages(plan("force_generic_plan", connection, sql, args));
	}

	/**
	 * The rows that the steps of both plans read and give, of the worse one: a loop over
	 * all rows in memory reads few pages.
	 */
	public static long rows(Connection connection, String sql, @Nullable Object... args) throws SQLException {
		return Math.max(rows(plan("force_custom_plan", connection, sql, args)),
				rows(plan("force_generic_plan", connection, sql, args)));
	}

	/**
	 * Fills an empty schema as nights of the account {@code default} would. No statistics
	 * are made, nor will be. Each run asks about the ids of the run before without the
	 * oldest, and about new ones. Of a thousand jobs 130 have failed, 30 were finished
	 * only in their second run, and five recovered in it.
	 * @param newPerRun ids of each run that no earlier one had; the first run has only
	 * such
	 */
	public static void history(Connection connection, int runs, int idsPerRun, int newPerRun) throws SQLException {
		JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
		jdbc.sql("select count(audit.add_ledger_parts(r)) from generate_series(0, :runs, 50) r")
			.param("runs", runs)
			.query(Long.class)
			.single();
		List<String> tables = jdbc.sql("""
				select oid::regclass::text from pg_class
				where relkind = 'r' and relnamespace in ('audit'::regnamespace, 'batch'::regnamespace)
				""").query((row, number) -> row.getString(1)).list();
		tables.forEach((table) -> jdbc.sql("alter table " + table + " set (autovacuum_enabled = false)").update());
		// No triggers, no checks of foreign keys.
		jdbc.sql("set session_replication_role = replica").update();
		HISTORY
			.forEach((sql) -> jdbc.sql(sql).params(Map.of("runs", runs, "ids", idsPerRun, "new", newPerRun)).update());
		jdbc.sql("reset session_replication_role").update();
	}

	private static JsonNode plan(String plans, Connection connection, String sql, @Nullable Object... args)
			throws SQLException {
		String name = "explained_" + PREPARED.incrementAndGet();
		boolean autoCommit = connection.getAutoCommit();
		connection.setAutoCommit(false);
		Savepoint before = connection.setSavepoint();
		try (Statement statement = connection.createStatement()) {
			statement.execute("set local plan_cache_mode = " + plans);
			statement.execute("prepare " + name + types(args) + " as " + connection.nativeSQL(sql));
			try (ResultSet plan = statement.executeQuery("explain (analyze, buffers, timing off, format json) execute "
					+ name + literals(connection, args))) {
				plan.next();
				return JsonMapper.shared().readTree(plan.getString(1)).path(0).path("Plan");
			}
		}
		finally {
			connection.rollback(before);
			connection.setAutoCommit(autoCommit);
		}
	}

	private static long pages(JsonNode plan) {
		return List.of("Shared Hit Blocks", "Shared Read Blocks", "Temp Read Blocks", "Temp Written Blocks")
			.stream()
			.mapToLong((count) -> plan.path(count).longValue())
			.sum();
	}

	/** As the driver declares them; unknown ones are inferred. */
	private static String types(@Nullable Object... args) {
		return (args.length == 0) ? ""
				: Arrays.stream(args).map(QueryPlans::type).collect(Collectors.joining(", ", "(", ")"));
	}

	private static String type(@Nullable Object arg) {
		return (arg instanceof Long || arg == NO_NUMBER) ? "bigint"
				: (arg instanceof Integer) ? "integer" : (arg instanceof String) ? "varchar" : "unknown";
	}

	private static long rows(JsonNode step) {
		double loops = step.path("Actual Loops").doubleValue(1);
		double each = step.path("Actual Rows").doubleValue(0) + step.path("Rows Removed by Filter").doubleValue(0);
		if (loops > 1 && step.path("Index Cond").asString("").contains("= ANY (")) {
			// Each loop goes through the whole array, which is about as long.
			each += loops;
		}
		return Math.round(each * loops) + step.path("Plans").valueStream().mapToLong(QueryPlans::rows).sum();
	}

	private static String literals(Connection connection, @Nullable Object... args) {
		return (args.length == 0) ? ""
				: Arrays.stream(args)
					.map((arg) -> literal(connection, arg))
					.collect(Collectors.joining(", ", "(", ")"));
	}

	private static String literal(Connection connection, @Nullable Object arg) {
		try {
			String text = (arg instanceof long[] numbers)
					? connection.createArrayOf("bigint", Arrays.stream(numbers).boxed().toArray()).toString()
					: (arg instanceof int[] numbers)
							? connection.createArrayOf("integer", Arrays.stream(numbers).boxed().toArray()).toString()
							: (arg instanceof Object[] values) ? connection.createArrayOf("text", values).toString()
									: String.valueOf(arg);
			return (arg != null && arg != NO_NUMBER) ? "'" + text.replace("'", "''") + "'" : "null";
		}
		catch (SQLException ex) {
			throw new IllegalArgumentException("no literal for " + arg, ex);
		}
	}

}
