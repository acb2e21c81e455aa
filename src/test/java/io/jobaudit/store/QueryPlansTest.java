package io.jobaudit.store;

import java.sql.Connection;
import java.sql.SQLException;

import io.jobaudit.TestPostgres;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

class QueryPlansTest {

	private final PGSimpleDataSource database = TestPostgres.migratedDatabase();

	private final JdbcClient jdbc = JdbcClient.create(this.database);

	@Test
	void aHistoryAddsUpAndHasNoStatistics() throws SQLException {
		try (Connection connection = this.database.getConnection()) {
			QueryPlans.history(connection, 10, 400, 40);
		}

		assertThat(number("select count(*) from audit.smart_job")).isEqualTo(760);
		assertThat(number("select count(*) from audit.v_run_job")).isEqualTo(4000);
		assertThat(number("""
				select count(*) from audit.v_run_count
				where items = 400 and distinct_ids = 400 and pending = 0 and fetched + unchanged = 400
				and lines_read = distinct_ids + duplicates + malformed
				""")).isEqualTo(10);
		assertThat(number("select count(*) from audit.v_failure")).isEqualTo(115);
		assertThat(number("select count(*) from audit.v_recovery")).isEqualTo(1);
		assertThat(number("select count(*) from pg_stats where schemaname in ('audit', 'batch')")).isZero();
	}

	@Test
	void aStatementByKeyReadsLittleAndOneOfAllRowsEverything() throws SQLException {
		try (Connection connection = this.database.getConnection()) {
			QueryPlans.history(connection, 10, 400, 40);
			String byKey = "select labels from audit.audit_item_row where run_id = ? and item_no = any(?)";
			String byLabel = "update audit.audit_item_row set code = ? where labels ->> 'team' = any(?)";

			assertThat(QueryPlans.buffers(connection, byKey, 9, new long[] { 3, 300 })).isLessThan(10);
			assertThat(QueryPlans.buffersOfGenericPlan(connection, byKey, 9, new long[] { 3, 300 })).isLessThan(10);
			assertThat(QueryPlans.buffers(connection, byLabel, "it's", new String[] { "team-1", "a'\"b" }))
				.isGreaterThan(number("select pg_relation_size('audit.audit_item_row_0') / 8192"));
			assertThat(number("select count(*) from audit.audit_item where code is not null"))
				.as("the update is rolled back")
				.isZero();
		}
	}

	private long number(String sql) {
		return this.jdbc.sql(sql).query(Long.class).single();
	}

}
