package io.jobaudit.batch;

import java.time.Clock;
import java.time.Duration;

import javax.sql.DataSource;

import io.jobaudit.RunId;
import io.jobaudit.TestPostgres;
import io.jobaudit.fetch.ApiUsage;
import io.jobaudit.ledger.Runs;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RunFiguresTest {

	private final DataSource database = TestPostgres.migratedDatabase();

	private final JdbcClient jdbc = JdbcClient.create(this.database);

	private long calls;

	private final RunFigures figures = new RunFigures(
			() -> new ApiUsage(this.calls, 0, 0, Duration.ZERO, Duration.ofSeconds(this.calls)), 20, () -> 20.0,
			(listener) -> {
			}, () -> null);

	@Test
	void callsThatCannotBeStoredInAnOutageOfTheDatabaseAreStoredAfterIt() {
		RunId run = run();
		PGSimpleDataSource nowhere = new PGSimpleDataSource();
		nowhere.setURL("jdbc:postgresql://127.0.0.1:1/nowhere");

		this.calls = 10;
		record(this.jdbc, run);
		this.calls = 17;
		assertThatThrownBy(() -> record(JdbcClient.create(nowhere), run)).isInstanceOf(DataAccessException.class);
		this.calls = 19;
		record(this.jdbc, run);
		record(this.jdbc, run);

		assertThat(recorded()).isEqualTo("19 calls in 19000 ms");
	}

	@Test
	void callsOfAnEarlierProcessAndOfATransactionThatIsRolledBackAreCountedOnce() {
		RunId run = run();
		this.jdbc.sql("update audit.audit_run set api_calls = 100, api_fetch_ms = 5").update();

		this.calls = 10;
		new TransactionTemplate(new JdbcTransactionManager(this.database)).executeWithoutResult((status) -> {
			record(this.jdbc, run);
			status.setRollbackOnly();
		});
		this.calls = 12;
		record(this.jdbc, run);

		assertThat(recorded()).isEqualTo("112 calls in 12005 ms");
	}

	private RunId run() {
		return new RunId(this.jdbc
			.sql("""
					insert into audit.audit_run (account, region, status, input_source, input_sha256, started_at, version, settings)
					values ('default', 'cn-shanghai', 'RUNNING', 'ids.csv', 'x', now(), '1', '{}') returning run_id
					""")
			.query(Long.class)
			.single());
	}

	private String recorded() {
		return this.jdbc.sql("select api_calls || ' calls in ' || api_fetch_ms || ' ms' from audit.audit_run")
			.query((row, number) -> row.getString(1))
			.single();
	}

	private void record(JdbcClient database, RunId run) {
		this.figures.recordUsage(new Runs(database, Clock.systemUTC()).usage(run));
	}

}
