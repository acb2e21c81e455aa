package io.jobaudit.schema;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import io.jobaudit.TestPostgres;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

class MigrationTest {

	/**
	 * What the previous release has. It would apply a repeatable migration again if this
	 * release had another checksum for it, as a role that may not.
	 */
	private static final Map<String, Integer> LANDED = Map.ofEntries(Map.entry("V1__batch.sql", 1614689374),
			Map.entry("V2__audit.sql", 468381267), Map.entry("V3__views.sql", 606322050),
			Map.entry("V4__report_views.sql", 268808904), Map.entry("V5__books.sql", 1972660078),
			Map.entry("V6__failures.sql", 387793505), Map.entry("V7__finance_views.sql", -1061772634),
			Map.entry("V8__inputs.sql", 920066267), Map.entry("V9__discovery.sql", -1335138808),
			Map.entry("V12__upkeep.sql", 512799909), Map.entry("V13__comments.sql", 1572174465),
			Map.entry("V14__long_rows.sql", -1092570828), Map.entry("V15__database_identity.sql", -2023722711),
			Map.entry("V16__frozen_bookings.sql", 825615142), Map.entry("V17__counted_failures.sql", -182448142),
			Map.entry("V18__statistics.sql", 297567983), Map.entry("V19__compact_ledger.sql", -129386444),
			Map.entry("V20__looking_after.sql", -984787044), Map.entry("R__rights.sql", 2100629035));

	@Test
	void everyTableViewAndColumnHasAComment() {
		JdbcClient jdbc = JdbcClient.create(TestPostgres.migratedDatabase());
		List<String> silent = jdbc.sql("""
				select c.relname || coalesce('.' || a.attname, '')
				from pg_class c
				join pg_namespace n on n.oid = c.relnamespace and n.nspname in ('audit', 'batch')
				cross join lateral (
				  select 0 as attnum, null as attname
				  union all
				  select attnum, attname from pg_attribute where attrelid = c.oid and attnum > 0 and not attisdropped) a
				where c.relkind in ('r', 'p', 'v') and not c.relispartition and c.relname <> 'flyway_schema_history'
				and col_description(c.oid, a.attnum) is null and (a.attnum > 0 or obj_description(c.oid) is null)
				""").query((row, number) -> row.getString(1)).list();
		assertThat(silent).isEmpty();
	}

	@Test
	void aMigrationThatHasLandedIsNeverEdited() {
		assertThat(migrations(TestPostgres.migratedDatabase())).containsAllEntriesOf(LANDED);
	}

	@Test
	void noReleaseAddsARepeatableMigrationBecauseThePreviousOneWouldNotStart() {
		assertThat(migrations(TestPostgres.migratedDatabase()).keySet()).filteredOn((script) -> script.startsWith("R"))
			.containsExactly("R__rights.sql");
	}

	@Test
	void whatIsStoredAlreadyIsBookedAndFrozenAsItWasSeen() {
		PGSimpleDataSource database = TestPostgres.emptyDatabase();
		migrate(database, "15");
		JdbcClient jdbc = JdbcClient.create(database);
		jdbc.sql(
				"""
						insert into audit.audit_run (account, region, status, input_source, input_sha256, started_at, version, settings)
						values ('default', 'cn-shanghai', 'COMPLETED', 'ids.csv', 'a1', '2026-10-20T00:00:00Z', '0.1.0', '{}');
						insert into audit.smart_job (account, job_id, state, usage_status, create_time, raw, user_id, labels,
						  first_run_id, last_run_id, fetched_at)
						select 'default', v.id, v.state, 'ABSENT', v.created::timestamptz,
						  jsonb_build_object('SmartJobInfo', jsonb_build_object('CreateTime', v.created)), 'alice', '{"centre": "A"}', 1, 1,
						  '2026-10-20T01:00:00Z'
						from (values ('booked', 'Failed', '2026-10-02T00:00:00Z'), ('timeless', 'Finished', null),
						  ('impossible', 'Finished', '9999-12-31T23:59:59Z'), ('old', 'Finished', '1890-01-01T00:00:00Z')) as v (id, state, created);
						insert into audit.audit_item (run_id, item_no, job_id, outcome, decided_at)
						values (1, 1, 'booked', 'FETCHED', '2026-10-20T01:00:00Z'), (1, 2, 'timeless', 'FETCHED', '2026-10-20T01:00:00Z');
						insert into audit.month_close (account, month, zone, starts_at, ends_at, closed_at, closed_by, version)
						values ('default', '2026-10-01', 'UTC', '2026-10-01T00:00:00Z', '2026-11-01T00:00:00Z', '2026-11-02T00:00:00Z', 'f', '1');
						insert into audit.closed_job (close_id, job_id, usage_status, create_time, spend_status)
						values (1, 'booked', 'ABSENT', '2026-10-02T00:00:00Z', 'FREE')""")
			.update();

		migrate(database, "16");

		assertThat(jdbc.sql("""
				select concat_ws(' ', job_id, create_time is null, failed_run_id, failed_at at time zone 'UTC',
				  case when first_seen_at > now() - interval '1 hour' then 'now' end, anomalies -> 0 ->> 'detail')
				from audit.smart_job order by job_id""").query(String.class).list()).as("October is closed")
			.containsExactly("booked f 1 2026-10-20 01:00:00", "impossible t now 9999-12-31T23:59:59Z",
					"old t now 1890-01-01T00:00:00Z", "timeless t now");
		assertThat(jdbc
			.sql("""
					select concat_ws(' ', job_id, user_id, labels ->> 'centre', booked_at = create_time) from audit.closed_job""")
			.query(String.class)
			.list()).containsExactly("booked alice A t");
		assertThat(jdbc.sql("select count(*) from audit.v_correction").query(Long.class).single()).isZero();
	}

	private static void migrate(PGSimpleDataSource database, String version) {
		Flyway.configure()
			.dataSource(database)
			.locations("classpath:sql/migration")
			.schemas("audit", "batch")
			.target(version)
			.load()
			.migrate();
	}

	private static Map<String, Integer> migrations(PGSimpleDataSource database) {
		MigrationInfo[] all = Flyway.configure()
			.dataSource(database)
			.locations("classpath:sql/migration")
			.schemas("audit", "batch")
			.load()
			.info()
			.applied();
		return Arrays.stream(all)
			.filter((migration) -> migration.getChecksum() != null)
			.collect(Collectors.toMap(MigrationInfo::getScript,
					(migration) -> Objects.requireNonNull(migration.getChecksum())));
	}

}
