package io.jobaudit.store;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import io.jobaudit.TestPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** Statistics are refreshed when they are far from true, or not at all. */
@ExtendWith(OutputCaptureExtension.class)
class PlannerStatisticsTest {

	private final DataSource database = TestPostgres.migratedDatabase();

	private final JdbcClient jdbc = JdbcClient.create(this.database);

	private final PlannerStatistics statistics = new PlannerStatistics(new JdbcTemplate(this.database),
			new JdbcTransactionManager(this.database));

	@Test
	void aTableIsAnalyzedWhenItHasGrownByMoreThanATenth() throws SQLException {
		try (Connection connection = this.database.getConnection()) {
			QueryPlans.history(connection, 1, 6000, 6000);
		}
		assertThat(known()).isEqualTo(-1);

		this.statistics.refresh();
		assertThat(known()).isEqualTo(6000);

		addTo(6400);
		this.statistics.refresh();
		assertThat(known()).as("after a night of few ids").isEqualTo(6000);

		addTo(8000);
		this.statistics.refresh();
		assertThat(known()).isEqualTo(8000);
	}

	@Test
	void aServerThatRefusesIsAskedOnceAndTheTransactionOfTheStepGoesOn(CapturedOutput output) {
		this.jdbc.sql("drop function audit.refresh_statistics()").update();

		new TransactionTemplate(new JdbcTransactionManager(this.database)).executeWithoutResult((status) -> {
			this.jdbc.sql("create table audit.proof ()").update();
			this.statistics.refresh();
			this.statistics.refresh();
		});

		assertThat(this.jdbc.sql("select to_regclass('audit.proof') is not null").query(Boolean.class).single())
			.isTrue();
		assertThat(output.getOut().lines().filter((line) -> line.contains("PlannerStatistics"))).singleElement()
			.asString()
			.contains("statistics of the database are not refreshed, and the run continues without: ")
			.contains("function audit.refresh_statistics() does not exist");
	}

	private void addTo(int jobs) {
		this.jdbc
			.sql("""
					insert into audit.smart_job (account, job_id, state, usage_status, raw, first_run_id, last_run_id, fetched_at)
					select 'default', 'more-' || n, 'Finished', 'ABSENT', jsonb_build_object('text', repeat('x', 1200)), 1, 1, now()
					from generate_series((select count(*) from audit.smart_job) + 1, :jobs) n
					""")
			.param("jobs", jobs)
			.update();
	}

	/** Rows of the stored jobs as the planner knows them, -1 for never analyzed. */
	private int known() {
		return this.jdbc.sql("select reltuples from pg_class where oid = 'audit.smart_job'::regclass")
			.query(Integer.class)
			.single();
	}

}
