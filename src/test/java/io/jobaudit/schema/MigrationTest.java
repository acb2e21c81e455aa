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
			Map.entry("V12__upkeep.sql", 512799909), Map.entry("R__rights.sql", 2100629035));

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
				where c.relkind in ('r', 'v') and c.relname <> 'flyway_schema_history'
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
