package io.jobaudit.store;

import javax.sql.DataSource;

import io.jobaudit.TestPostgres;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** What is said before stored jobs are migrated. */
@ExtendWith(OutputCaptureExtension.class)
class MigrationRoomTest {

	private final DataSource database = TestPostgres.emptyDatabase();

	@Test
	void theFirstMigrationOfStoredJobsSaysOnceHowMuchMustBeFree(CapturedOutput output) {
		migrate("17");
		assertThat(output.getOut()).as("a fresh database").doesNotContain("must be free");
		JdbcClient jdbc = JdbcClient.create(this.database);
		jdbc.sql(
				"""
						with run as (
						  insert into audit.audit_run (account, region, status, input_source, input_sha256, started_at, version, settings)
						  values ('default', 'cn-shanghai', 'COMPLETED', 'ids.csv', 'x', now(), '1.0.0', '{}')
						  returning run_id)
						insert into audit.smart_job (account, job_id, usage_status, raw, first_run_id, last_run_id, fetched_at)
						select 'default', md5(n::text), 'ABSENT', jsonb_build_object('text', repeat('about it ', 60)), run_id, run_id, now()
						from run, generate_series(1, 3000) n
						""")
			.update();
		long stored = jdbc.sql("select pg_total_relation_size('audit.smart_job')").query(Long.class).single();

		migrate("latest");

		assertThat(output.getOut().lines().filter((line) -> line.contains("MigrationRoom"))).singleElement()
			.asString()
			.containsPattern("up to (%d|%d) MB must be free on the disk of the database\\. A migration"
				.formatted(2 * stored >> 20, (2 * stored >> 20) + 1));
	}

	private void migrate(String target) {
		Flyway.configure()
			.dataSource(this.database)
			.locations("classpath:sql/migration")
			.schemas("audit", "batch")
			.callbacks(new MigrationRoom())
			.target(target)
			.load()
			.migrate();
	}

}
