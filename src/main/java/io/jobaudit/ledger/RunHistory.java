package io.jobaudit.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.jobaudit.Account;
import io.jobaudit.Outcome;
import io.jobaudit.RunId;
import io.jobaudit.ids.InputLine.RejectedLine;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the runs of an account. */
public record RunHistory(JdbcClient jdbc) {

	/** Items are counted only for the runs that are listed. */
	private static final String RUNS = """
			with wanted as (
			  select * from audit.audit_run
			  where account = :account and (cast(:run as bigint) is null or run_id = cast(:run as bigint))
			  order by run_id desc limit :limit),
			counted as (
			  select i.run_id, coalesce(i.outcome, 'PENDING') as outcome, count(*) as ids
			  from audit.v_item i join wanted w on w.run_id = i.run_id group by 1, 2)
			select w.*, w.summary::text as summary_text,
			  (select jsonb_object_agg(c.outcome, c.ids) from counted c where c.run_id = w.run_id)::text as counts
			from wanted w order by w.run_id desc
			""";

	private static final JsonMapper JSON = JsonMapper.shared();

	/**
	 * The last runs, newest first.
	 * @param limit runs at most
	 */
	public List<RunRecord> last(Account account, int limit) {
		boolean locked = RunLock.holder(this.jdbc, account).isPresent();
		return this.jdbc.sql(RUNS)
			.param("account", account.name())
			.param("run", null)
			.param("limit", limit)
			.query((row, number) -> of(row, locked))
			.list();
	}

	/** One run. */
	public Optional<RunRecord> find(Account account, RunId runId) {
		boolean locked = RunLock.holder(this.jdbc, account).isPresent();
		return this.jdbc.sql(RUNS)
			.param("account", account.name())
			.param("run", runId.value())
			.param("limit", 1)
			.query((row, number) -> of(row, locked))
			.optional();
	}

	/**
	 * The error codes of a run's failed jobs, most frequent first, as {@code code: jobs}.
	 */
	public List<String> errorCodes(RunId runId, int limit) {
		return this.jdbc
			.sql("""
					select coalesce(error_code, '(no code)') || ': ' || count(*) from audit.v_run_job
					where run_id = :run and state = 'Failed' group by error_code order by count(*) desc, error_code limit :limit
					""")
			.param("run", runId.value())
			.param("limit", limit)
			.query((row, number) -> row.getString(1))
			.list();
	}

	/** The first rejected lines of a run. */
	public List<RejectedLine> rejectedLines(RunId runId, int limit) {
		return this.jdbc.sql("""
				select coalesce(f.source, r.input_source) as source, l.line_no - coalesce(f.line_offset, 0) as line_no,
				  l.content, l.reason
				from audit.audit_rejected_line l
				join audit.audit_run r on r.run_id = l.run_id
				left join lateral (
				  select i.source, i.line_offset from audit.audit_input i
				  where i.run_id = l.run_id and i.line_offset < l.line_no order by i.line_offset desc limit 1) f on true
				where l.run_id = :run order by l.line_no limit :limit
				""")
			.param("run", runId.value())
			.param("limit", limit)
			.query((row, number) -> new RejectedLine(row.getString("source"), row.getLong("line_no"),
					row.getString("content"), row.getString("reason")))
			.list();
	}

	private static RunRecord of(ResultSet row, boolean locked) throws SQLException {
		Instant purgedAt = instant(row, "purged_at");
		String summary = row.getString("summary_text");
		Map<String, Long> counts = (purgedAt != null && summary != null)
				? counts(JSON.readTree(summary).path("outcomes")) : counts(row.getString("counts"));
		String status = row.getString("status");
		Instant abandonedAt = status.equals("COMPLETED") ? null : instant(row, "abandoned_at");
		Long pending = counts.remove("PENDING");
		return new RunRecord(new RunId(row.getLong("run_id")), new Account(row.getString("account")),
				row.getString("region"),
				(abandonedAt != null) ? RunRecord.ABANDONED
						: (status.equals("RUNNING") && !locked && row.getObject("lanes") == null) ? "INTERRUPTED"
								: status,
				row.getObject("exit_code", Integer.class),
				row.getObject("started_at", OffsetDateTime.class).toInstant(), instant(row, "finished_at"),
				row.getString("version"), row.getString("input_source"), row.getString("input_sha256"),
				RunId.ofNullable(row.getObject("parent_run_id", Long.class)), row.getObject("lines_read", Long.class),
				row.getObject("distinct_ids", Long.class), row.getObject("duplicates", Long.class),
				row.getObject("malformed", Long.class), counts, (pending != null) ? pending : 0,
				row.getLong("api_calls"), row.getLong("api_throttled"), row.getLong("api_retries"),
				row.getString("report_directory"), abandonedAt, purgedAt, summary);
	}

	private static Map<String, Long> counts(@Nullable String json) {
		return counts(JSON.readTree((json != null) ? json : "{}"));
	}

	private static Map<String, Long> counts(JsonNode json) {
		Map<String, Long> counts = new LinkedHashMap<>();
		for (Outcome outcome : Outcome.values()) {
			counts.put(outcome.name(), json.path(outcome.name()).longValue(0));
		}
		if (json.has("PENDING")) {
			counts.put("PENDING", json.get("PENDING").longValue());
		}
		return counts;
	}

	private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
		return (value != null) ? value.toInstant() : null;
	}

}
