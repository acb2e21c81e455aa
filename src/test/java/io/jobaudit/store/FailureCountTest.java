package io.jobaudit.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.jobaudit.TestPostgres;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** The counts of failures, which triggers keep, against all failures counted anew. */
class FailureCountTest {

	private static final String[] STATES = { "Failed", "Failed", "Finished", "Executing", null };

	private static final String COUNTED = """
			select account, run_id, kind, job_type, error_code, failing, over from audit.failure_count order by 1, 2, 3
			""";

	private static final String RECOUNTED = """
			select account, failed_run_id as run_id, kind, job_type, error_code, count(*) filter (where not is_over) as failing,
			  count(*) filter (where is_over) as over
			from (
			  select account, failed_run_id, kind, job_type, error_code, false as is_over from audit.v_failure
			  union all
			  select account, failed_run_id, kind, job_type, error_code, true from audit.v_recovery) as failure
			group by 1, 2, 3, 4, 5
			order by 1, 2, 3
			""";

	private static final String FAIL = """
			insert into audit.smart_job (account, job_id, state, job_type, error_code, usage_status, raw, first_run_id, last_run_id, fetched_at)
			values ('a', ?, 'Failed', 'T', ?, 'ABSENT', '{}', 1, 1, now())
			""";

	private final PGSimpleDataSource database = TestPostgres.migratedDatabase();

	private final JdbcClient jdbc = JdbcClient.create(TestPostgres.connected(this.database));

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void whateverBecomesOfJobsTheirFailuresAreCountedOnce(long seed) {
		Random random = new Random(seed);
		this.jdbc
			.sql("""
					insert into audit.audit_run (account, region, status, input_source, input_sha256, started_at, version, settings)
					select 'a' || n % 2, 'r', 'COMPLETED', 's', n::text, timestamptz '2026-11-01 00:00Z' + n * interval '1 day', '1', '{}'
					from generate_series(1, 20) n order by n
					""")
			.update();
		for (int step = 0; step < 2000; step++) {
			step(random, 1 + step / 100);
		}
		List<Map<String, @Nullable Object>> counted = this.jdbc.sql(COUNTED).query().listOfRows();
		assertThat(counted).hasSizeGreaterThan(100).isEqualTo(this.jdbc.sql(RECOUNTED).query().listOfRows());
	}

	/** As workers do that share a run. */
	@Test
	void transactionsThatFailJobsInDifferentOrdersWaitForEachOther() throws Exception {
		this.jdbc
			.sql("""
					insert into audit.audit_run (account, region, status, input_source, input_sha256, started_at, version, settings)
					values ('a', 'r', 'RUNNING', 's', 's', now(), '1', '{}')
					""")
			.update();
		try (Connection first = this.database.getConnection(); Connection second = this.database.getConnection()) {
			first.setAutoCommit(false);
			fail(first, "1", "X");
			CompletableFuture<Void> other = CompletableFuture.runAsync(() -> failAll(second, "Y", "X"));
			Awaitility.await().until(() -> isWaiting() || other.isDone());
			fail(first, "2", "Y");
			first.commit();
			other.get(30, TimeUnit.SECONDS);
		}
		assertThat(this.jdbc.sql("select failing from audit.failure_count").query(Integer.class).list())
			.containsExactly(2, 2);
	}

	private static void failAll(Connection connection, String... codes) {
		try {
			connection.setAutoCommit(false);
			for (String code : codes) {
				fail(connection, "other-" + code, code);
			}
			connection.commit();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void fail(Connection connection, String job, String code) throws SQLException {
		try (PreparedStatement failed = connection.prepareStatement(FAIL)) {
			failed.setString(1, job);
			failed.setString(2, code);
			failed.executeUpdate();
		}
	}

	private boolean isWaiting() {
		return this.jdbc.sql(
				"select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')")
			.query(Boolean.class)
			.single();
	}

	/** Stores, changes, renames or purges a job. */
	private void step(Random random, int run) {
		Map<String, @Nullable Object> job = new HashMap<>();
		job.put("account", "a" + run % 2);
		job.put("job", "j" + random.nextInt(60));
		job.put("run", run);
		job.put("type", "T" + random.nextInt(3));
		job.put("state", STATES[random.nextInt(STATES.length)]);
		job.put("code", (random.nextInt(5) > 0) ? "E" + random.nextInt(4) : null);
		if (random.nextInt(20) == 0) {
			this.jdbc.sql("delete from audit.smart_job_change where account = :account and job_id = :job")
				.params(job)
				.update();
			this.jdbc.sql("delete from audit.smart_job where account = :account and job_id = :job")
				.params(job)
				.update();
			return;
		}
		this.jdbc
			.sql("""
					insert into audit.smart_job as j (account, job_id, state, job_type, error_code, usage_status, raw, first_run_id, last_run_id,
					  fetched_at)
					values (:account, :job, :state, :type, case when :state = 'Failed' then :code end, 'ABSENT', '{}', :run, :run,
					  timestamptz '2026-11-01 00:00Z' + :run * interval '1 day')
					on conflict (account, job_id) do update set state = excluded.state, job_type = excluded.job_type,
					  error_code = excluded.error_code, last_run_id = excluded.last_run_id, fetched_at = excluded.fetched_at
					""")
			.params(job)
			.update();
	}

}
