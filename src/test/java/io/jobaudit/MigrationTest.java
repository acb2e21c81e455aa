package io.jobaudit;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

class MigrationTest {

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

}
