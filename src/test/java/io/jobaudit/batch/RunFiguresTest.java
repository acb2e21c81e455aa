package io.jobaudit.batch;

import java.time.Clock;
import java.time.Duration;

import io.jobaudit.RunId;
import io.jobaudit.TestPostgres;
import io.jobaudit.fetch.ApiUsage;
import io.jobaudit.ledger.Runs;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RunFiguresTest {

	private final JdbcClient jdbc = JdbcClient.create(TestPostgres.migratedDatabase());

	private long calls;

	private final RunFigures figures = new RunFigures(
			() -> new ApiUsage(this.calls, 0, 0, Duration.ZERO, Duration.ofSeconds(this.calls)), 20, () -> 20.0,
			(listener) -> {
			}, () -> null);

	@Test
	void callsThatCannotBeStoredInAnOutageOfTheDatabaseAreStoredAfterIt() {
		RunId run = new RunId(this.jdbc
			.sql("""
					insert into audit.audit_run (account, region, status, input_source, input_sha256, started_at, version, settings)
					values ('default', 'cn-shanghai', 'RUNNING', 'ids.csv', 'x', now(), '1', '{}') returning run_id
					""")
			.query(Long.class)
			.single());
		PGSimpleDataSource nowhere = new PGSimpleDataSource();
		nowhere.setURL("jdbc:postgresql://127.0.0.1:1/nowhere");

		this.calls = 10;
		record(this.jdbc, run);
		this.calls = 17;
		assertThatThrownBy(() -> record(JdbcClient.create(nowhere), run)).isInstanceOf(DataAccessException.class);
		this.calls = 19;
		record(this.jdbc, run);
		record(this.jdbc, run);

		assertThat(this.jdbc.sql("select api_calls || ' calls in ' || api_fetch_ms || ' ms' from audit.audit_run")
			.query(String.class)
			.single()).isEqualTo("19 calls in 19000 ms");
	}

	private void record(JdbcClient database, RunId run) {
		this.figures.recordUsage(new Runs(database, Clock.systemUTC()), run);
	}

}
