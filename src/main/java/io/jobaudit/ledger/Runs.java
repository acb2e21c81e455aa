package io.jobaudit.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.jobaudit.Account;
import io.jobaudit.ClosingStatement;
import io.jobaudit.ExitStatus;
import io.jobaudit.Outcome;
import io.jobaudit.RunId;
import io.jobaudit.ids.BadInputException;
import io.jobaudit.ids.CsvFile;
import io.jobaudit.ids.CsvInput;
import io.jobaudit.ids.InputLine.RejectedLine;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Opens, counts and closes runs. */
public record Runs(JdbcClient jdbc, Clock clock) {

	private static final JsonMapper JSON = JsonMapper.shared();

	/** Number of the run that {@link #open} would resume or open. */
	public RunId next(RunOpening opening) {
		return findUnfinished(opening)
			.orElseGet(() -> new RunId(this.jdbc.sql("select audit.next_run_id()").query(Long.class).single()));
	}

	/**
	 * Resumes the last run of the same account and input if it is unfinished, else opens
	 * a new one.
	 */
	public AuditRun open(RunOpening opening) {
		Optional<RunId> unfinished = findUnfinished(opening);
		if (unfinished.isPresent()) {
			this.jdbc.sql(
					"update audit.audit_run set status = 'RUNNING', reads_blocks = true, finished_at = null, exit_code = null,"
							+ " lanes = null, stopping_code = null, stopping_reason = null where run_id = :run")
				.param("run", unfinished.get().value())
				.update();
			return new AuditRun(unfinished.get(), opening.account(), true);
		}
		return new AuditRun(insert(opening), opening.account(), false);
	}

	/** For a run that an account does not have. */
	public static BadInputException unknown(Account account, RunId runId) {
		return new BadInputException(
				"account %s has no run %s; job-audit runs lists its runs".formatted(account, runId));
	}

	/** Whether an account has a run. */
	public boolean has(Account account, RunId runId) {
		return this.jdbc.sql("select exists (select from audit.audit_run where account = :account and run_id = :run)")
			.param("account", account.name())
			.param("run", runId.value())
			.query(Boolean.class)
			.single();
	}

	/** Number of the last stored input line, 0 for none. */
	public long lastImportedLine(RunId runId) {
		return this.jdbc.sql("""
				select greatest(coalesce((select max(item_no) from audit.v_item where run_id = :run), 0),
				  coalesce((select max(line_no) from audit.audit_rejected_line where run_id = :run), 0))
				""").param("run", runId.value()).query(Long.class).single();
	}

	/**
	 * Stores what the import counted.
	 * @return number of malformed lines
	 */
	public long importComplete(RunId runId, long linesRead) {
		return this.jdbc
			.sql("""
					update audit.audit_run set lines_read = :lines,
					  distinct_ids = (select count(*) from audit.v_item where run_id = :run),
					  duplicates = (select count(*) from audit.audit_rejected_line where run_id = :run and reason = 'DUPLICATE'),
					  malformed = (select count(*) from audit.audit_rejected_line where run_id = :run and reason <> 'DUPLICATE')
					where run_id = :run returning malformed
					""")
			.param("lines", linesRead)
			.param("run", runId.value())
			.query(Long.class)
			.single();
	}

	/** The first rejected line. */
	public Optional<RejectedLine> firstRejectedLine(RunId runId) {
		return new RunHistory(this.jdbc).rejectedLines(runId, 1).stream().findFirst();
	}

	/** Number of input lines, outcomes and listed jobs stored so far. */
	public long rowsWritten(RunId runId) {
		return this.jdbc.sql("""
				select (select count(*) + count(outcome) from audit.v_item where run_id = :run)
				  + (select count(*) from audit.audit_rejected_line where run_id = :run)
				  + (select count(*) from audit.audit_listed_job where run_id = :run)
				""").param("run", runId.value()).query(Long.class).single();
	}

	/** The row in which the calls of a run are counted. */
	public UsageRow usage(RunId runId) {
		return UsageRow.of(this.jdbc, runId);
	}

	/** A process of the run ended before all its calls were counted. */
	public void callsAreMissing(RunId runId) {
		this.jdbc
			.sql("update audit.audit_run set settings = settings || '{\"callsAtLeast\": true}' where run_id = :run")
			.param("run", runId.value())
			.update();
	}

	/**
	 * The closing statement, counted from the rows. Each job is looked up by its key: a
	 * join might read all that the account has.
	 */
	public ClosingStatement statement(RunId runId) {
		List<Counted> counts = this.jdbc
			.sql("""
					select i.outcome, count(*) as items, count(j.job_id) as stored,
					  count(*) filter (where j.state = 'Failed') as failed
					from audit.audit_run r
					join audit.v_item i on i.run_id = r.run_id
					left join lateral (
					  select s.job_id, s.state from audit.smart_job s
					  where i.outcome in ('FETCHED', 'UNCHANGED', 'EXPIRED') and s.account = r.account and s.job_id = i.job_id
					  %s) j on true
					where r.run_id = :run group by i.outcome
					"""
				.formatted(readsMostJobs(runId) ? "" : "offset 0"))
			.param("run", runId.value())
			.query((row, number) -> Counted.of(row))
			.list();
		Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
		counts.stream()
			.filter((counted) -> counted.outcome() != null)
			.forEach((counted) -> outcomes.put(counted.outcome(), counted.items()));
		long items = counts.stream().mapToLong(Counted::items).sum();
		long decided = outcomes.values().stream().mapToLong(Long::longValue).sum();
		return this.jdbc
			.sql("""
					select coalesce(r.lines_read, 0) as lines_read, count(l.reason) filter (where reason = 'DUPLICATE') as duplicates,
					  count(l.reason) filter (where reason <> 'DUPLICATE') as malformed
					from audit.audit_run r left join audit.audit_rejected_line l on l.run_id = r.run_id
					where r.run_id = :run group by r.run_id
					""")
			.param("run", runId.value())
			.query((row, number) -> new ClosingStatement(row.getLong("lines_read"), items, row.getLong("duplicates"),
					row.getLong("malformed"), outcomes, items - decided,
					counts.stream().mapToLong(Counted::stored).sum(), counts.stream().mapToLong(Counted::failed).sum()))
			.single();
	}

	/**
	 * Whether a run has so many ids that it is cheaper to read all jobs than to look up
	 * each one. Pages are counted because statistics may not be there yet.
	 */
	private boolean readsMostJobs(RunId runId) {
		return this.jdbc
			.sql("""
					select coalesce(lines_read, 0) > 2 * pg_relation_size('audit.smart_job') / current_setting('block_size')::int
					from audit.audit_run where run_id = :run
					""")
			.param("run", runId.value())
			.query(Boolean.class)
			.single();
	}

	/** Closes the run: every id is decided, only the reports are missing. */
	public void close(RunId runId, ExitStatus status) {
		finish(runId, "RUNNING", status);
	}

	public void end(RunId runId, RunStatus status, ExitStatus exit) {
		finish(runId, status.name(), exit);
	}

	/** Gives an unfinished run up: the same input then opens a new one. */
	public void abandon(RunId runId) {
		this.jdbc.sql("""
				update audit.audit_run set status = case status when 'RUNNING' then 'STOPPED' else status end,
				  finished_at = coalesce(finished_at, :now), abandoned_at = :now
				where run_id = :run
				""").param("now", now()).param("run", runId.value()).update();
	}

	/**
	 * Moves ids of a closed run into blocks, a part at a time.
	 * @return whether there may be more
	 */
	public boolean compact(RunId runId) {
		return this.jdbc.sql("select audit.compact_ledger(:run) > 0")
			.param("run", runId.value())
			.query(Boolean.class)
			.single();
	}

	/** Stores where the reports are. */
	public void reported(RunId runId, String directory, String summary) {
		this.jdbc
			.sql("update audit.audit_run set report_directory = :directory, summary = cast(:summary as jsonb)"
					+ " where run_id = :run")
			.param("directory", directory)
			.param("summary", summary)
			.param("run", runId.value())
			.update();
	}

	/** Whether the run is closed and its reports are on disk. */
	public boolean isReported(RunId runId) {
		return this.jdbc.sql(
				"select exit_code is not null and report_directory is not null from audit.audit_run where run_id = :run")
			.param("run", runId.value())
			.query(Boolean.class)
			.single();
	}

	/** Directory of the run's reports, null for none. */
	public @Nullable String reportDirectory(RunId runId) {
		return this.jdbc.sql("select coalesce(report_directory, '') from audit.audit_run where run_id = :run")
			.param("run", runId.value())
			.query(String.class)
			.optional()
			.filter((directory) -> !directory.isEmpty())
			.orElse(null);
	}

	private Optional<RunId> findUnfinished(RunOpening opening) {
		if (opening.fresh()) {
			return Optional.empty();
		}
		return this.jdbc
			.sql("""
					select run_id from (
					  select run_id, status, purged_at, abandoned_at from audit.audit_run where account = :account and region = :region
					  and input_sha256 = :sha256 and input_id_column is not distinct from :idColumn
					  and coalesce(settings ->> 'csv', '') = :formats
					  and parent_run_id is not distinct from cast(:parent as bigint)
					  order by run_id desc limit 1) last
					where status <> 'COMPLETED' and purged_at is null and abandoned_at is null
					""")
			.param("account", opening.account().name())
			.param("region", opening.region())
			.param("sha256", opening.input().sha256())
			.param("idColumn", opening.input().idColumn(), Types.VARCHAR)
			.param("formats", opening.input().formats())
			.param("parent", (opening.lineage() != null) ? opening.lineage().runId().value() : null, Types.BIGINT)
			.query(Long.class)
			.optional()
			.map(RunId::new);
	}

	/** One statement: the run and its files, or neither. */
	private RunId insert(RunOpening opening) {
		ParentRun lineage = opening.lineage();
		List<CsvFile> files = opening.input().files();
		long runId = this.jdbc
			.sql("""
					with run as (
					insert into audit.audit_run (account, region, status, input_source, input_sha256, input_id_column,
					  parent_run_id, parent_part, started_at, version, settings, reads_blocks)
					values (:account, :region, 'RUNNING', :source, :sha256, :idColumn, :parent, :part, :now, :version,
					  cast(:settings as jsonb), true)
					returning run_id),
					files as (
					insert into audit.audit_input (run_id, input_no, source, sha256, line_offset)
					select run_id, n, name, sum, behind
					from run, unnest(:names::text[], :sums::text[], :offsets::bigint[]) with ordinality as f (name, sum, behind, n))
					select run_id from run
					""")
			.param("names", files.stream().map(CsvFile::source).toArray(String[]::new))
			.param("sums", files.stream().map(CsvFile::sha256).toArray(String[]::new))
			.param("offsets", files.stream().map(CsvFile::offset).toArray(Long[]::new))
			.param("account", opening.account().name())
			.param("region", opening.region())
			.param("source", opening.input().source())
			.param("sha256", opening.input().sha256())
			.param("idColumn", opening.input().idColumn(), Types.VARCHAR)
			.param("parent", (lineage != null) ? lineage.runId().value() : null, Types.BIGINT)
			.param("part", (lineage != null) ? lineage.part().toString() : null, Types.VARCHAR)
			.param("now", now())
			.param("version", opening.version())
			.param("settings", JSON.writeValueAsString(opening.allSettings()))
			.query(Long.class)
			.single();
		return new RunId(runId);
	}

	private void finish(RunId runId, String status, ExitStatus exit) {
		this.jdbc
			.sql("update audit.audit_run set status = :status, exit_code = :code,"
					+ " finished_at = coalesce(finished_at, :now) where run_id = :run")
			.param("status", status)
			.param("code", exit.code())
			.param("now", now())
			.param("run", runId.value())
			.update();
	}

	private Timestamp now() {
		return Timestamp.from(this.clock.instant());
	}

	/** Items of a run with one outcome, null for pending. */
	private record Counted(@Nullable Outcome outcome, long items, long stored, long failed) {

		private static Counted of(ResultSet row) throws SQLException {
			String outcome = row.getString("outcome");
			return new Counted((outcome != null) ? Outcome.valueOf(outcome) : null, row.getLong("items"),
					row.getLong("stored"), row.getLong("failed"));
		}

	}

	/** How a run ended. */
	public enum RunStatus {

		/** Every id is decided and the reports are on disk. */
		COMPLETED,

		/** Something went wrong; the same command resumes the run. */
		FAILED,

		/** Stopped on request; the same command resumes the run. */
		STOPPED

	}

	/**
	 * What a run is opened with.
	 *
	 * @param account name of the cloud account
	 * @param region region of the jobs
	 * @param input the ids
	 * @param lineage the earlier run whose ids they are, null for none
	 * @param version version of job-audit
	 * @param settings settings that shape the run; never a secret
	 * @param fresh whether to ignore an unfinished run of the same input
	 */
	public record RunOpening(Account account, String region, CsvInput input, @Nullable ParentRun lineage,
			String version, Map<String, String> settings, boolean fresh) {

		public RunOpening {
			settings = Map.copyOf(settings);
		}

		/**
		 * The settings, with the format of the files if it is not the default, since the
		 * same file in another format is another input.
		 */
		private Map<String, String> allSettings() {
			Map<String, String> all = new TreeMap<>(this.settings);
			if (!this.input.formats().isEmpty()) {
				all.put("csv", this.input.formats());
			}
			return all;
		}

	}

}
