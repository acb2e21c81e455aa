package io.jobaudit.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;

import io.jobaudit.Account;
import io.jobaudit.TestPostgres;
import io.jobaudit.ids.BadInputException;
import io.jobaudit.ledger.JobHistory.FoundJob;
import io.jobaudit.store.MeasuredDatabase;
import io.jobaudit.store.QueryPlans;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What became of a job in a history of many runs, without reading the history. */
class JobHistoryTest {

	private static final Account ACCOUNT = new Account("default");

	private static final int RUNS = 120;

	private static final int IDS = 2_000;

	private static final int NEW = 10;

	private static final PGSimpleDataSource FILLED = filled();

	private final PGSimpleDataSource plain = TestPostgres.copyOf(FILLED);

	private final MeasuredDatabase database = new MeasuredDatabase(this.plain, true);

	private final JdbcClient jdbc = JdbcClient.create(this.plain);

	private final JobHistory history = new JobHistory(JdbcClient.create(this.database.dataSource()));

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void aJobIsFoundInEachRunWithItsStateThenAndNoHistoryIsRead(boolean inBlocks) {
		String changed = job(
				"select job_id from audit.smart_job_change where old_state = 'Executing' order by run_id, job_id limit 1");
		List<String> items = items(changed);
		long first = Long.parseLong(items.get(items.size() - 1).split(" ")[0]);
		this.jdbc.sql(
				"update audit.smart_job set state = 'Failed', last_run_id = :run, fetched_at = now() where job_id = :job")
			.param("run", first + 3)
			.param("job", changed)
			.update();
		if (inBlocks) {
			compact();
		}

		FoundJob found = find(changed, RUNS);

		assertThat(found.runs().stream().map((run) -> run.run() + " " + run.outcome() + " " + run.requestId()))
			.isEqualTo(items)
			.hasSizeGreaterThan(40);
		assertThat(found.runs()).allSatisfy((run) -> assertThat(run.state()).as("run %s", run.run())
			.isEqualTo((run.run() == first) ? "Executing" : (run.run() < first + 3) ? "Finished" : "Failed"));
		this.database.reads();
		assertThat(find(changed, 20).runs()).extracting(JobHistory.JobInRun::run).contains(first, first + 1, first + 3);
		assertThat(this.database.reads()).isNotEmpty()
			.allSatisfy((read) -> assertThat(read.buffers()).as("pages: %s", read.sql()).isLessThan(3_000));
	}

	@Test
	void onlyTheLastRunsAreSearchedForAnUnchangedJobUnlessMoreAreWanted() {
		String old = job("select job_id from audit.audit_item_row where run_id = 1 and item_no = 1900");
		List<String> items = items(old);
		compact();

		assertThat(find(old, 5).runs()).extracting(JobHistory.JobInRun::run)
			.containsExactly(120L, 119L, 118L, 117L, 116L, 1L);
		assertThat(find(old, RUNS).runs()).hasSameSizeAs(items);
	}

	@Test
	void anIdThatWasNeverFoundIsKnownByItsRunsAndAnyOtherIsRefused() {
		this.jdbc.sql("insert into audit.audit_item_row (run_id, item_no, job_id, outcome, code, message, attempts)"
				+ " values (3, 99999, 'lost', 'NOT_FOUND', 'ResourceNotFound', 'no such job', 1), (4, 99999, 'lost', null, null, null, 0)")
			.update();

		FoundJob lost = find("lost", 5);

		assertThat(lost.job()).isEmpty();
		assertThat(lost.runs()
			.stream()
			.map((run) -> run.run() + " " + run.outcome() + " " + run.code() + " " + run.state()))
			.containsExactly("4 null null null", "3 NOT_FOUND ResourceNotFound null");
		assertThatThrownBy(() -> find("unknown", 5)).isInstanceOf(BadInputException.class)
			.hasMessage("account default has no job unknown, and no run that is not purged was asked about it");
	}

	private FoundJob find(String job, int searched) {
		return this.history.find(ACCOUNT, job, "team", ZoneOffset.UTC, searched);
	}

	private static PGSimpleDataSource filled() {
		PGSimpleDataSource database = TestPostgres.migratedDatabase();
		try (Connection connection = database.getConnection()) {
			QueryPlans.history(connection, RUNS, IDS, NEW);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		return database;
	}

	private void compact() {
		this.jdbc.sql("update audit.audit_run set reads_blocks = true").update();
		assertThat(this.jdbc.sql("select sum(audit.compact_ledger(r)) from generate_series(1, :runs) r")
			.param("runs", RUNS)
			.query(Long.class)
			.single()).isGreaterThan(RUNS);
		assertThat(this.jdbc.sql("select count(*) from audit.audit_item_row").query(Long.class).single()).isZero();
	}

	private String job(String sql) {
		return this.jdbc.sql(sql).query(String.class).single();
	}

	private List<String> items(String job) {
		return this.jdbc.sql(
				"select run_id || ' ' || outcome || ' ' || coalesce(request_id, 'null') from audit.v_item where job_id = :job order by run_id desc")
			.param("job", job)
			.query((row, number) -> row.getString(1))
			.list();
	}

}
