package io.jobaudit.cli;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import org.awaitility.Awaitility;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Holds a run at one moment of its work until it is opened, so that what strikes it
 * strikes there and nowhere else.
 */
final class RunBarrier implements AutoCloseable {

	private static final String WAIT = """
			create or replace function audit.gate() returns boolean language plpgsql as $$
			begin
			  perform pg_advisory_lock_shared(4711);
			  perform pg_advisory_unlock_shared(4711);
			  return true;
			end $$
			""";

	private static final String TRIGGER = """
			create or replace function audit.gate_trigger() returns trigger language plpgsql as
			$$ begin perform audit.gate(); return null; end $$
			""";

	private static final String VIEW = """
			do $$ begin
			  if pg_get_viewdef('audit.v_run_statement') ~ 'audit.gate' then return; end if;
			  execute format('create or replace view audit.v_run_statement as select * from (%s) v where audit.gate()',
			    rtrim(pg_get_viewdef('audit.v_run_statement'), ';'));
			end $$
			""";

	private final Connection connection;

	private final JdbcClient jdbc;

	private RunBarrier(DataSource database) throws SQLException {
		this.connection = database.getConnection();
		this.jdbc = JdbcClient.create(new SingleConnectionDataSource(this.connection, true));
		this.jdbc.sql(WAIT).update();
		this.jdbc.sql("select pg_advisory_lock(4711)").query((row) -> {
		});
	}

	/** A gate in the transaction that imports ids. */
	static RunBarrier atImport(DataSource database) throws SQLException {
		return beforeInserts(database, "audit.audit_item_row");
	}

	/** A gate in the transaction that writes answers. */
	static RunBarrier atFetch(DataSource database) throws SQLException {
		return beforeInserts(database, "audit.smart_job");
	}

	private static RunBarrier beforeInserts(DataSource database, String table) throws SQLException {
		RunBarrier gate = new RunBarrier(database);
		gate.jdbc.sql(TRIGGER).update();
		gate.jdbc
			.sql("create or replace trigger gate before insert on " + table
					+ " for each statement execute function audit.gate_trigger()")
			.update();
		return gate;
	}

	/** A gate in the queries of the reports. */
	static RunBarrier atReport(DataSource database) throws SQLException {
		RunBarrier gate = new RunBarrier(database);
		gate.jdbc.sql(VIEW).update();
		return gate;
	}

	/** Waits until the run is at the gate. */
	void awaitRun() {
		Awaitility.await().atMost(60, TimeUnit.SECONDS).pollInterval(50, TimeUnit.MILLISECONDS).until(this::isReached);
	}

	/** Whether the run is at the gate. */
	boolean isReached() {
		return this.jdbc
			.sql("select count(*) from pg_locks where locktype = 'advisory' and objid = 4711 and not granted"
					+ " and database = (select oid from pg_database where datname = current_database())")
			.query(Integer.class)
			.single() > 0;
	}

	/** Opens for good. */
	void open() throws SQLException {
		this.connection.close();
	}

	@Override
	public void close() throws SQLException {
		open();
	}

}
