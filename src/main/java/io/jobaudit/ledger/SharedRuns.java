package io.jobaudit.ledger;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.jobaudit.Account;
import io.jobaudit.ExitStatus;
import io.jobaudit.Outcome;
import io.jobaudit.RunId;
import io.jobaudit.fetch.ApiUsage;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Runs whose parts several processes fetch. While such a run is in progress, no process
 * can take the lock of its account.
 */
public record SharedRuns(JdbcClient jdbc) {

	/**
	 * The common table expression selects one part once, whatever plan the server uses.
	 */
	private static final String TAKE = """
			with free as materialized (
			  select run_id, part_no from audit.audit_part
			  where run_id = :run and finished_at is null and (lane is null or lane = :lane)
			  order by lane nulls last, part_no limit 1 for update skip locked)
			update audit.audit_part p set lane = :lane, node = :node, taken_at = coalesce(p.taken_at, now())
			from free f where p.run_id = f.run_id and p.part_no = f.part_no
			returning p.part_no, p.line_after, p.last_line
			""";

	/** A shared run in progress, if the account has one. */
	public Optional<RunId> inProgress(Account account) {
		return this.jdbc
			.sql("select run_id from audit.audit_run where account = :account and status = 'RUNNING'"
					+ " and lanes is not null and abandoned_at is null order by run_id desc limit 1")
			.param("account", account.name())
			.query(Long.class)
			.optional()
			.map(RunId::new);
	}

	/** All shared runs in progress, and when each was opened. */
	public Map<AuditRun, Instant> inProgress() {
		Map<AuditRun, Instant> runs = new LinkedHashMap<>();
		this.jdbc
			.sql("select * from audit.audit_run where status = 'RUNNING' and lanes is not null and abandoned_at is null"
					+ " order by run_id")
			.query((row) -> {
				runs.put(new AuditRun(new RunId(row.getLong("run_id")), new Account(row.getString("account")), true),
						row.getObject("started_at", OffsetDateTime.class).toInstant());
			});
		return runs;
	}

	/** Ids of a run by outcome so far. */
	public Map<Outcome, Long> outcomes(RunId runId) {
		Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
		this.jdbc
			.sql("select outcome, count(*) as ids from audit.v_item where run_id = :run and outcome is not null"
					+ " group by outcome")
			.param("run", runId.value())
			.query((row) -> {
				outcomes.put(Outcome.valueOf(row.getString("outcome")), row.getLong("ids"));
			});
		return outcomes;
	}

	/** Who fetches a shared run, as the end of a sentence. */
	String holders(RunId runId) {
		String nodes = this.jdbc
			.sql("select coalesce(string_agg(distinct node, ', '), '') from audit.audit_part"
					+ " where run_id = :run and finished_at is null and lane is not null")
			.param("run", runId.value())
			.query(String.class)
			.single();
		return "run %s, which workers share, %s".formatted(runId,
				nodes.isEmpty() ? "and no worker has it at the moment" : "fetched by " + nodes);
	}

	/**
	 * Shares an imported run.
	 * @param lanes how many processes may fetch it at once
	 * @param most lines of a part
	 */
	public void share(RunId runId, int lanes, int most) {
		this.jdbc
			.sql("update audit.audit_run set status = 'RUNNING', finished_at = null, exit_code = null, lanes = :lanes,"
					+ " stopping_code = null, stopping_reason = null where run_id = :run")
			.param("lanes", lanes)
			.param("run", runId.value())
			.update();
		if (!isShared(runId)) {
			List<Long> ends = RunPart.ends(lines(runId), lanes, most);
			this.jdbc.sql("""
					insert into audit.audit_part (run_id, part_no, line_after, last_line)
					select :run, n, lag(last_line, 1, cast(0 as bigint)) over (order by n), last_line
					from unnest(:ends) with ordinality as part (last_line, n)
					""").param("run", runId.value()).param("ends", ends.toArray(Long[]::new)).update();
		}
		this.jdbc.sql("update audit.audit_part set lane = null where run_id = :run and finished_at is null")
			.param("run", runId.value())
			.update();
	}

	private long lines(RunId runId) {
		return this.jdbc.sql("select coalesce(max(item_no), 1) from audit.audit_item_row where run_id = :run")
			.param("run", runId.value())
			.query(Long.class)
			.single();
	}

	/** Whether a run has been imported and shared before. */
	public boolean isShared(RunId runId) {
		return this.jdbc.sql("select exists (select from audit.audit_part where run_id = :run)")
			.param("run", runId.value())
			.query(Boolean.class)
			.single();
	}

	/** Whether workers may work on a run; false for one that does not exist. */
	public boolean isInProgress(RunId runId) {
		return this.jdbc
			.sql("select exists (select from audit.audit_run where run_id = :run and status = 'RUNNING'"
					+ " and lanes is not null and abandoned_at is null)")
			.param("run", runId.value())
			.query(Boolean.class)
			.single();
	}

	/** The state of a shared run. */
	public State state(RunId runId) {
		return this.jdbc.sql("""
				select r.*, coalesce((r.settings ->> 'refetch')::boolean, false) as refetch, (
				  select n.until from audit.audit_night_account a join audit.audit_night n on n.night_id = a.night_id
				  where a.run_id = r.run_id order by n.night_id desc limit 1) as until
				from audit.audit_run r where r.run_id = :run
				""").param("run", runId.value()).query((row, number) -> {
			Integer code = row.getObject("stopping_code", Integer.class);
			Integer exit = row.getObject("exit_code", Integer.class);
			OffsetDateTime until = row.getObject("until", OffsetDateTime.class);
			return new State(new AuditRun(runId, new Account(row.getString("account")), true),
					row.getString("status").equals("RUNNING") && row.getInt("lanes") > 0
							&& row.getObject("abandoned_at") == null,
					row.getInt("lanes"), row.getBoolean("refetch"), (until != null) ? until.toInstant() : Instant.MAX,
					(code != null) ? new Stop(ExitStatus.of(code), String.valueOf(row.getString("stopping_reason")))
							: null,
					(exit != null) ? ExitStatus.of(exit) : null);
		}).single();
	}

	/**
	 * Takes the part that a lane has already, or else the next free part.
	 * @param node the process that takes it
	 * @return empty when none is left
	 */
	public Optional<RunPart> take(RunId runId, int lane, String node) {
		return this.jdbc.sql(TAKE)
			.param("run", runId.value())
			.param("lane", lane)
			.param("node", node)
			.query((row, number) -> new RunPart(row.getInt("part_no"),
					new ItemRange(row.getLong("line_after"), row.getLong("last_line"))))
			.optional();
	}

	/** Records that the process that had the part of a lane has died. */
	public void lost(RunId runId, int lane) {
		this.jdbc
			.sql("update audit.audit_part set losses = losses + 1"
					+ " where run_id = :run and lane = :lane and finished_at is null")
			.param("run", runId.value())
			.param("lane", lane)
			.update();
	}

	/** Records that all ids of a part are decided. */
	public void finish(RunId runId, RunPart part) {
		this.jdbc.sql("update audit.audit_part set finished_at = now() where run_id = :run and part_no = :part")
			.param("run", runId.value())
			.param("part", part.number())
			.update();
	}

	/** Whether all ids of all parts are decided. */
	public boolean isFetched(RunId runId) {
		return this.jdbc
			.sql("select not exists (select from audit.audit_part where run_id = :run and finished_at is null)")
			.param("run", runId.value())
			.query(Boolean.class)
			.single();
	}

	/** The progress of the parts of a run. */
	public PartProgress progress(RunId runId) {
		return this.jdbc.sql("""
				select count(*) as parts, count(finished_at) as finished, coalesce(sum(losses), 0) as losses,
				  coalesce(string_agg('part ' || part_no || ' by ' || node, ', ' order by part_no)
				    filter (where lane is not null and finished_at is null), 'none at the moment') as held
				from audit.audit_part where run_id = :run
				""")
			.param("run", runId.value())
			.query((row, number) -> new PartProgress(row.getLong("parts"), row.getLong("finished"),
					row.getLong("losses"), row.getString("held")))
			.single();
	}

	/**
	 * The progress of the parts of a run.
	 *
	 * @param losses how often a process has died or frozen while it had a part
	 * @param held which process is fetching which part
	 */
	public record PartProgress(long parts, long finished, long losses, String held) {
	}

	/** Number of ids that have no outcome yet. */
	public long pending(RunId runId) {
		return this.jdbc.sql("select count(*) from audit.v_item where run_id = :run and outcome is null")
			.param("run", runId.value())
			.query(Long.class)
			.single();
	}

	/** Ends all work on a run early; only the first reason is stored. */
	public void stop(RunId runId, ExitStatus status, String reason) {
		this.jdbc
			.sql("update audit.audit_run set stopping_code = :code, stopping_reason = :reason"
					+ " where run_id = :run and stopping_code is null")
			.param("code", status.code())
			.param("reason", reason)
			.param("run", runId.value())
			.update();
	}

	/** The row in which the calls of a part are counted. */
	public UsageRow usage(RunId runId, RunPart part) {
		return UsageRow.of(this.jdbc, runId, part);
	}

	/**
	 * The calls of all parts; lanes fetch at the same time, the parts of a lane do not.
	 */
	public ApiUsage usage(RunId runId) {
		return this.jdbc
			.sql("""
					select sum(api_calls) as api_calls, sum(api_throttled) as api_throttled, sum(api_retries) as api_retries,
					  sum(api_waited_ms) as api_waited_ms, max(elapsed) as api_fetch_ms
					from (
					  select *, sum(api_fetch_ms) over (partition by lane) as elapsed
					  from audit.audit_part where run_id = :run) as part
					""")
			.param("run", runId.value())
			.query(UsageRow::usage)
			.single();
	}

	/**
	 * A shared run.
	 *
	 * @param isInProgress whether workers may work on it
	 * @param lanes how many processes fetch it at once
	 * @param refetch whether jobs stored in a final state are fetched again
	 * @param until time after which no call is made for it
	 * @param stopping how it ends early, null if it does not
	 * @param ended how it has ended, null if it has not
	 */
	public record State(AuditRun run, boolean isInProgress, int lanes, boolean refetch, Instant until,
			@Nullable Stop stopping, @Nullable ExitStatus ended) {
	}

	/** How and why a run ends early. */
	public record Stop(ExitStatus status, String reason) {
	}

}
