package io.jobaudit.schema;

import java.util.List;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables and views of the schema {@code audit}, as Markdown from their comments. */
final class SchemaTables {

	private final JdbcClient jdbc;

	private SchemaTables(DataSource database) {
		this.jdbc = JdbcClient.create(database);
	}

	/** Describes a database that is migrated. */
	static String of(DataSource database) {
		SchemaTables tables = new SchemaTables(database);
		return "## Views\n\n" + tables.relations("v") + "\n## Tables\n\n" + tables.relations("r", "p");
	}

	/** Relations of some kinds of {@code pg_class}. */
	private String relations(String... kinds) {
		return this.jdbc.sql("""
				select c.oid::bigint as oid, c.relname, obj_description(c.oid) as comment
				from pg_class c
				where c.relnamespace = 'audit'::regnamespace and c.relkind::text = any(:kinds) and not c.relispartition
				and c.relname <> 'flyway_schema_history'
				order by c.relname collate "C"
				""")
			.param("kinds", kinds)
			.query((row, number) -> "### audit." + row.getString("relname") + "\n\n" + text(row.getString("comment"))
					+ "\n\n" + columns(row.getLong("oid")))
			.list()
			.stream()
			.collect(Collectors.joining("\n"));
	}

	private String columns(long relation) {
		List<String> rows = this.jdbc.sql("""
				select attname, format_type(atttypid, atttypmod) as type, col_description(attrelid, attnum) as comment
				from pg_attribute
				where attrelid = :relation::oid and attnum > 0 and not attisdropped
				order by attnum
				""")
			.param("relation", relation)
			.query((row, number) -> "| `%s` | %s | %s |\n".formatted(row.getString("attname"), row.getString("type"),
					text(row.getString("comment"))))
			.list();
		return "| column | type | meaning |\n|---|---|---|\n" + String.join("", rows);
	}

	private static String text(@Nullable String comment) {
		return (comment != null) ? comment.replace("|", "\\|").replace("<", "\\<") : "";
	}

}
