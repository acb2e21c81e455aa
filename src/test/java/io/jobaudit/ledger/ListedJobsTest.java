package io.jobaudit.ledger;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import javax.sql.DataSource;

import io.jobaudit.RunId;
import io.jobaudit.TestPostgres;
import io.jobaudit.fetch.api.ListedJob;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

class ListedJobsTest {

	private static final Instant NOW = Instant.parse("2026-11-22T01:00:00Z");

	private final DataSource database = TestPostgres.migratedDatabase();

	private final JdbcClient jdbc = JdbcClient.create(this.database);

	private final ListedJobs listed = new ListedJobs(this.jdbc, Clock.fixed(NOW, ZoneOffset.UTC));

	@Test
	void aJobIsWrittenDownOnceAndAListThatBeginsAnewLeavesNothingOfTheOneBefore() {
		RunId run = run();
		RunId other = run();
		this.listed.begin(other);
		this.listed.write(other, List.of(new ListedJob("other", null, null, null)));
		this.listed.begin(run);
		this.listed.write(run, List.of(new ListedJob("gone", "ASR", "Executing", NOW)));

		this.listed.begin(run);
		this.listed.write(run, List.of(new ListedJob("a", "ASR", "Executing", NOW),
				new ListedJob("b", null, null, null), new ListedJob("b", null, null, null)));
		this.listed.write(run, List.of(new ListedJob("a", "ASR", "Finished", NOW)));

		assertThat(rows(run)).containsExactly("a ASR Executing 2026-11-22T01:00:00+00:00", "b   ");
		assertThat(rows(other)).containsExactly("other   ");
		assertThat(this.listed.isComplete(run)).isFalse();

		this.listed.complete(run, null);

		assertThat(this.listed.isComplete(run)).isTrue();
		assertThat(this.listed.isComplete(other)).isFalse();
	}

	private RunId run() {
		long run = this.jdbc
			.sql("""
					insert into audit.audit_run (account, region, status, input_source, input_sha256, started_at, version, settings)
					values ('default', 'cn-shanghai', 'RUNNING', 'ids.csv', 'x', now(), '0', '{}') returning run_id""")
			.query(Long.class)
			.single();
		return new RunId(run);
	}

	private List<String> rows(RunId run) {
		return this.jdbc
			.sql("""
					select concat(job_id, ' ', job_type, ' ', state, ' ', to_jsonb(create_time at time zone 'UTC' at time zone 'UTC') #>> '{}')
					from audit.audit_listed_job where run_id = :run order by job_id""")
			.param("run", run.value())
			.query((row, number) -> row.getString(1))
			.list();
	}

}
