package io.jobaudit.store;

import java.util.Objects;

import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The role that migrations use.
 *
 * @param name its name
 * @param mayMigrate whether it may create and change the tables
 * @param owner who may, if there are tables or schemas
 */
public record SchemaRole(String name, boolean mayMigrate, String owner) {

	private static final String READ = """
			select current_user as name, pg_get_userbyid(coalesce(h.relowner, n.nspowner)) as owner,
			  case when h.oid is not null then pg_has_role(h.relowner, 'usage')
			    when n.oid is not null then has_schema_privilege(n.oid, 'create')
			    else has_database_privilege(current_database(), 'create') end as may_migrate
			from (values (0)) as one_row
			left join pg_namespace n on n.nspname = 'audit'
			left join pg_class h on h.relnamespace = n.oid and h.relname = 'flyway_schema_history'
			""";

	/** Asks the database for it. */
	public static SchemaRole of(Flyway flyway) {
		return JdbcClient.create(flyway.getConfiguration().getDataSource())
			.sql(READ)
			.query((row, number) -> new SchemaRole(row.getString("name"), row.getBoolean("may_migrate"),
					Objects.requireNonNullElse(row.getString("owner"), "job_audit_owner (see sql/roles.sql)")))
			.single();
	}

}
