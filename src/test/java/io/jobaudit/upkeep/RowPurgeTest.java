package io.jobaudit.upkeep;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import io.jobaudit.Account;
import io.jobaudit.TestPostgres;
import io.jobaudit.upkeep.PurgeLauncher.PurgeCounts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RowPurgeTest {

	private static final Account ACCOUNT = new Account("default");

	private static final Instant BEFORE = Instant.parse("2026-01-01T00:00:00Z");

	private final DataSource database = TestPostgres.migratedDatabase();

	private final JdbcClient jdbc = JdbcClient.create(this.database);

	private final RowPurge purge = new RowPurge(this.database);

	private final List<String> guarded = new ArrayList<>();

	private long old;

	private long young;

	@BeforeEach
	void givenAnOldRunAYoungOneAndOneOfAnotherAccount() {
		this.old = run("default", "2025-03-01", "gone", "booked", "late", "shared", "reopened", "never-stored");
		this.young = run("default", "2026-03-01", "shared", "fresh");
		long stranger = run("other", "2025-03-01", "gone");
		job("default", "gone", this.old, "2025-02-10", "2025-03-01");
		job("default", "shared", this.old, "2025-02-11", "2025-03-01");
		job("default", "booked", this.old, "2024-12-10", "2025-03-01");
		job("default", "late", this.old, "2024-12-11", "2025-03-01");
		job("default", "reopened", this.old, "2024-11-10", "2025-03-01");
		job("default", "fresh", this.young, "2026-02-10", "2026-03-01");
		job("other", "gone", stranger, "2025-02-10", "2025-03-01");
		closed("2024-12-01", "2025-01-01", null, "booked");
		closed("2024-11-01", "2024-12-01", "2025-03-05", "reopened");
		for (String changed : List.of("gone", "booked")) {
			this.jdbc.sql("update audit.smart_job set total_tokens = 2 where job_id = :id")
				.param("id", changed)
				.update();
		}
		this.jdbc.sql("""
				insert into audit.audit_rejected_line (run_id, line_no, content, reason)
				select run_id, 99, 'x', 'DUPLICATE' from audit.audit_run
				""").update();
		execution(1, this.old);
		execution(2, this.young);
	}

	@Test
	void whatNoOtherRunAndNoClosedMonthNamesGoes() throws SQLException {
		PurgeCounts counts = purge();

		assertThat(counts).isEqualTo(new PurgeCounts(1, 6, 1, 2, 1, 2, List.of("2024-11: 1", "2025-02: 1")));
		assertThat(texts("select account || ' ' || job_id from audit.smart_job order by 1"))
			.containsExactly("default booked", "default fresh", "default late", "default shared", "other gone");
		assertThat(texts("select account || ' ' || job_id from audit.smart_job_change order by 1"))
			.containsExactly("default booked", "other gone");
		assertThat(texts("select run_id || ' ' || job_id from audit.audit_item order by run_id, job_id"))
			.containsExactly(this.young + " fresh", this.young + " shared", (this.old + 2) + " gone");
		assertThat(texts("select run_id::text from audit.audit_rejected_line order by 1"))
			.containsExactly(Long.toString(this.young), Long.toString(this.old + 2));
		assertThat(texts("select run_id::text from audit.audit_run where purged_at is not null"))
			.containsExactly(Long.toString(this.old));
		assertThat(texts("select job_instance_id::text from batch.batch_job_instance")).containsExactly("2");
		assertThat(texts("select step_execution_id::text from batch.batch_step_execution")).containsExactly("2");
	}

	@Test
	void idsOfEndedRunsMoveIntoBlocksAndPartsOfPurgedRunsAreDropped() throws SQLException {
		this.jdbc.sql("select audit.add_ledger_parts(50)").query((row) -> {
		});
		this.jdbc.sql("insert into audit.audit_run (run_id, account, region, status, input_source, input_sha256,"
				+ " started_at, finished_at, exit_code, version, settings) overriding system value"
				+ " select 50, account, region, status, input_source, input_sha256, '2026-04-01Z', '2026-04-01Z', 0, '1', '{}'"
				+ " from audit.audit_run where run_id = " + this.young)
			.update();
		this.jdbc
			.sql("insert into audit.audit_item (run_id, item_no, job_id, outcome, labels, decided_at) values"
					+ " (50, 2, 'fresh', 'UNCHANGED', '{\"team\": \"a\"}', '2026-04-01Z'),"
					+ " (50, 1003, '0123456789abcdef0123456789abcdef', 'UNCHANGED', '{}', '2026-04-01Z'),"
					+ " (50, 4, 'lost', 'NOT_FOUND', '{}', '2026-04-01Z')")
			.update();
		List<String> items = texts("select v::text from audit.v_item v where run_id = 50 order by item_no");

		purge();

		assertThat(texts("select job_id from audit.audit_item_row where run_id = 50")).containsExactly("lost");
		assertThat(texts("select v::text from audit.audit_item v where run_id = 50 order by item_no")).isEqualTo(items);
		assertThat(parts()).as("another account has a run in the first part").hasSize(6);

		this.jdbc.sql("update audit.audit_run set purged_at = now() where run_id < 50").update();
		purge();

		assertThat(parts()).containsExactlyInAnyOrder("audit.audit_item_block_50", "audit.audit_item_row_50",
				"audit.audit_rejected_line_50");
	}

	@Test
	void idsOfARunThatMayBeResumedStayRows() throws SQLException {
		this.jdbc.sql("update audit.audit_run set status = 'FAILED', exit_code = 69 where run_id = :run")
			.param("run", this.young)
			.update();
		this.jdbc.sql("update audit.audit_item set outcome = 'UNCHANGED'").update();

		purge();

		assertThat(texts("select job_id from audit.audit_item_row where run_id = " + this.young + " order by 1"))
			.containsExactly("fresh", "shared");
	}

	@Test
	void aJobThatStaysKeepsTheTimeWhenItWasFirstSeen() throws SQLException {
		this.jdbc.sql("update audit.smart_job set first_seen_at = null").update();
		this.jdbc.sql("update audit.audit_item set decided_at = '2025-03-01T05:00:00Z' where run_id = :run")
			.param("run", this.old)
			.update();

		purge();

		assertThat(texts("select job_id from audit.smart_job where first_seen_at = '2025-03-01T05:00:00Z' order by 1"))
			.containsExactly("booked", "late", "shared");
	}

	@Test
	void whatIsBookedInAClosedMonthStaysAsItIs() throws SQLException {
		List<String> booked = booked();

		purge();

		assertThat(booked()).isEqualTo(booked).hasSize(3);
	}

	@Test
	void aPlanTellsTheSameAndChangesNothing() throws SQLException {
		List<String> before = everything();

		PurgeCounts plan = this.purge.plan(ACCOUNT, BEFORE);

		assertThat(everything()).isEqualTo(before);
		assertThat(plan).isEqualTo(purge());
	}

	@Test
	void whatWasStoppedGoesOn() throws SQLException {
		int[] asked = { 0 };
		this.purge.purge(ACCOUNT, BEFORE, (connection) -> {
		}, () -> asked[0]++ == 2);
		assertThat(texts("select job_id from audit.smart_job where job_id = 'gone' and account = 'default'"))
			.hasSize(1);

		PurgeCounts rest = purge();

		assertThat(rest.runs()).as("marked before").isZero();
		assertThat(rest.jobs()).isEqualTo(2);
		assertThat(purge()).isEqualTo(new PurgeCounts(0, 0, 0, 0, 0, 2, List.of()));
	}

	@Test
	void withoutTheLockNothingGoes() {
		List<String> before = everything();

		assertThatThrownBy(() -> this.purge.purge(ACCOUNT, BEFORE, (connection) -> {
			throw new IllegalStateException("the lock is lost");
		}, () -> false)).hasMessage("the lock is lost");

		assertThat(everything()).isEqualTo(before);
	}

	private List<String> parts() {
		return texts("select relid::regclass::text from unnest(array['audit.audit_item_row', 'audit.audit_item_block',"
				+ " 'audit.audit_rejected_line']) t cross join lateral pg_partition_tree(t::regclass) p where isleaf");
	}

	private PurgeCounts purge() throws SQLException {
		return this.purge.purge(ACCOUNT, BEFORE, (connection) -> this.guarded.add("held"), () -> false);
	}

	private List<String> booked() {
		return texts("""
				select concat_ws(' ', job_id, seen_at, tokens) from audit.v_correction
				union all
				select concat_ws(' ', job_id, state, total_tokens, create_time) from audit.v_booked_job
				where job_id = 'booked' order by 1
				""");
	}

	private List<String> everything() {
		List<String> rows = new ArrayList<>();
		for (String table : List.of("audit.audit_run", "audit.audit_item", "audit.audit_rejected_line",
				"audit.smart_job", "audit.smart_job_change", "batch.batch_job_execution")) {
			rows.addAll(texts("select t::text from " + table + " t order by 1"));
		}
		return rows;
	}

	private List<String> texts(String sql) {
		return this.jdbc.sql(sql).query((row, number) -> row.getString(1)).list();
	}

	private long run(String account, String day, String... ids) {
		long run = this.jdbc
			.sql("""
					insert into audit.audit_run (account, region, status, input_source, input_sha256, started_at, finished_at, version, settings)
					values (:account, 'cn-shanghai', 'COMPLETED', 'ids.csv', 'x', cast(:day as timestamptz), cast(:day as timestamptz), '1', '{}')
					returning run_id
					""")
			.param("account", account)
			.param("day", day + "T00:00:00Z")
			.query(Long.class)
			.single();
		this.jdbc.sql("insert into audit.audit_item (run_id, item_no, job_id, outcome, decided_at)"
				+ " select :run, n, id, 'FETCHED', cast(:day as timestamptz) from unnest(:ids::text[]) with ordinality as i (id, n)")
			.param("run", run)
			.param("day", day + "T00:00:00Z")
			.param("ids", ids)
			.update();
		return run;
	}

	private void job(String account, String id, long run, String created, String fetched) {
		this.jdbc
			.sql("""
					insert into audit.smart_job (account, job_id, job_type, state, total_tokens, usage_status, create_time, raw,
					  first_run_id, last_run_id, fetched_at)
					values (:account, :id, 'ASR', 'Finished', 1, 'REPORTED', cast(:created as timestamptz), '{}', :run, :run,
					  cast(:fetched as timestamptz))
					""")
			.param("account", account)
			.param("id", id)
			.param("run", run)
			.param("created", created + "T12:00:00Z")
			.param("fetched", fetched + "T00:00:00Z")
			.update();
	}

	private void closed(String from, String to, @Nullable String reopened, String id) {
		long close = this.jdbc
			.sql("""
					insert into audit.month_close (account, month, zone, starts_at, ends_at, closed_at, closed_by, version, last_change_id,
					  reopened_at, reopen_reason)
					values ('default', cast(:from as date), 'UTC', cast(:from || 'T00:00Z' as timestamptz), cast(:to || 'T00:00Z' as timestamptz),
					  '2025-03-02T00:00Z', 'alice', '1', 0, cast(:reopened as timestamptz), cast(:reopened as text))
					returning close_id
					""")
			.param("from", from)
			.param("to", to)
			.param("reopened", reopened)
			.query(Long.class)
			.single();
		this.jdbc
			.sql("""
					insert into audit.closed_job (close_id, job_id, state, job_type, total_tokens, usage_status, create_time, spend_status)
					select :close, job_id, state, job_type, total_tokens, usage_status, create_time, 'UNPRICED'
					from audit.smart_job where job_id = :id
					""")
			.param("close", close)
			.param("id", id)
			.update();
	}

	private void execution(long number, long run) {
		this.jdbc
			.sql("""
					insert into batch.batch_job_instance (job_instance_id, version, job_name, job_key) values (:n, 0, 'audit', 'key' || :n);
					insert into batch.batch_job_execution (job_execution_id, version, job_instance_id, create_time) values (:n, 0, :n, now());
					insert into batch.batch_job_execution_context (job_execution_id, short_context) values (:n, '');
					insert into batch.batch_job_execution_params (job_execution_id, parameter_name, parameter_type, parameter_value, identifying)
					  values (:n, 'run', 'java.lang.Long', :run::text, 'Y');
					insert into batch.batch_step_execution (step_execution_id, version, step_name, job_execution_id, create_time)
					  values (:n, 0, 'importIds', :n, now());
					insert into batch.batch_step_execution_context (step_execution_id, short_context) values (:n, '')
					""")
			.param("n", number)
			.param("run", run)
			.update();
	}

}
