package io.jobaudit.store;

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
		long size = JdbcClient.create(new SingleConnectionDataSource(context.getConnection(), true))
			.sql(JOBS)
			.query(Long.class)
			.single();
		if (size > LEAST) {
			// Once as rows, once in the server's log of changes.
			LOG.info(
					"Migrating the tables: up to {} MB must be free on the disk of the database."
							+ " A migration that finds too little is undone as a whole, and changes nothing",
					2 * size >> 20);
		}
	}

}
