package io.jobaudit.store;

import javax.sql.DataSource;

import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Says before the first migration of stored jobs how much room it may need: PostgreSQL
 * does not say how much there is.
 */
final class MigrationRoom extends BaseCallback {

	private static final Logger LOG = LoggerFactory.getLogger(MigrationRoom.class);

	private static final String JOBS = """
			select coalesce(sum(pg_total_relation_size(c.oid)), 0)
			from pg_class c
			join pg_namespace n on n.oid = c.relnamespace
			where n.nspname = 'audit' and c.relkind = 'r' and c.relname in ('smart_job', 'smart_job_change', 'closed_job')
			""";

	/** A fresh database has less. */
	private static final long LEAST = 1 << 20;

	private boolean said;

	@Override
	public boolean supports(Event event, Context context) {
		return event == Event.BEFORE_EACH_MIGRATE && !this.said;
	}

	@Override
	public void handle(Event event, Context context) {
		this.said = true;
		long room = megabytes(new SingleConnectionDataSource(context.getConnection(), true));
		if (room > 0) {
			LOG.info("Migrating the tables: up to {} MB must be free on the disk of the database."
					+ " A migration that finds too little is undone as a whole, and changes nothing", room);
		}
	}

	/** The room that pending migrations may need; 0 where there is little to migrate. */
	static long megabytes(DataSource database) {
		long size = JdbcClient.create(database).sql(JOBS).query(Long.class).single();
		// Once as rows, once in the server's log of changes.
		return (size > LEAST) ? 2 * size >> 20 : 0;
	}

}
