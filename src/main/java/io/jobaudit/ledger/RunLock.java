package io.jobaudit.ledger;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import io.jobaudit.Account;
import io.jobaudit.AuditException;
import io.jobaudit.ExitStatus;
import io.jobaudit.RunId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * One run at a time for an account: a PostgreSQL advisory lock on a connection of its
 * own. The server releases it when the connection ends, so a lock that can be taken
 * proves that no other run is alive.
 */
public final class RunLock implements Fence, AutoCloseable {

	/**
	 * First half of the lock's key, "joba" in ASCII; the second is a hash of the account.
	 */
	private static final int KEY = 0x6a6f6261;

	private static final String HELD = """
			select exists (select from pg_locks l
			  where l.locktype = 'advisory' and l.granted and l.classid = %d::oid
			  and l.objid = (hashtext(?)::bigint & 4294967295)::oid
			  and l.database = (select oid from pg_database where datname = current_database()) and l.pid = ?)
			""".formatted(KEY);

	private static final String HOLDER = """
			select format('%%s from %%s since %%s', coalesce(nullif(a.application_name, ''), 'a client'),
			  coalesce(host(a.client_addr), 'this machine'), to_char(a.backend_start, 'YYYY-MM-DD HH24:MI:SS TZ'))
			from pg_locks l join pg_stat_activity a on a.pid = l.pid
			where l.locktype = 'advisory' and l.granted and l.classid = %d::oid
			and l.objid = (hashtext(:account)::bigint & 4294967295)::oid
			and l.database = (select oid from pg_database where datname = current_database())
			""".formatted(KEY);

	/** Servers may end a session that is idle for some seconds. */
	private static final long HEARTBEAT_MILLIS = 1000;

	private static final String READ_ONLY = "25006";

	private static final Logger LOG = LoggerFactory.getLogger(RunLock.class);

	private final Connection connection;

	private final Account account;

	private final int backend;

	private final ScheduledExecutorService heartbeat = Executors.newSingleThreadScheduledExecutor(daemons());

	private RunLock(Connection connection, Account account, int backend) {
		this.connection = connection;
		this.account = account;
		this.backend = backend;
		this.heartbeat.scheduleWithFixedDelay(this::beat, HEARTBEAT_MILLIS, HEARTBEAT_MILLIS, TimeUnit.MILLISECONDS);
	}

	/**
	 * Takes the lock.
	 * @param dataSource gives the connection that holds it
	 * @param account name of the cloud account
	 * @throws RunLockedException when another run holds it
	 */
	static RunLock acquire(DataSource dataSource, Account account) throws SQLException {
		Connection connection = dataSource.getConnection();
		JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
		try {
			jdbc.sql("select set_config('application_name', ?, false)").param(name()).query(String.class).single();
			if (jdbc.sql("select current_setting('transaction_read_only')::boolean").query(Boolean.class).single()) {
				throw new SQLException("the database is read-only: a standby, or default_transaction_read_only",
						READ_ONLY);
			}
			boolean locked = jdbc.sql("select pg_try_advisory_lock(?, hashtext(?))")
				.params(KEY, account.name())
				.query(Boolean.class)
				.single();
			if (locked) {
				return new RunLock(connection, account,
						jdbc.sql("select pg_backend_pid()").query(Integer.class).single());
			}
			throw new RunLockedException(account, holder(jdbc, account).orElse("a run that just ended"));
		}
		catch (SQLException | RuntimeException ex) {
			JdbcUtils.closeConnection(connection);
			throw ex;
		}
	}

	/** The holder of an account's lock; empty when it is free. */
	static Optional<String> holder(JdbcClient jdbc, Account account) {
		return jdbc.sql(HOLDER).param("account", account.name()).query(String.class).optional();
	}

	/**
	 * Checks that the lock is still held; called in the transaction that writes.
	 * @throws RunLockLostException when the server no longer has it
	 */
	@Override
	public void requireHeld(JdbcOperations jdbc) {
		if (!Boolean.TRUE.equals(jdbc.queryForObject(HELD, Boolean.class, this.account.name(), this.backend))) {
			throw new RunLockLostException(this.account);
		}
	}

	/** Releases the lock; a broken connection has released it already. */
	@Override
	public void close() {
		this.heartbeat.shutdownNow();
		try (this.connection) {
			JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(this.connection, true));
			jdbc.sql("select pg_advisory_unlock(?, hashtext(?))")
				.params(KEY, this.account.name())
				.query(Boolean.class)
				.single();
			jdbc.sql("reset application_name").update();
		}
		catch (SQLException | RuntimeException ex) {
			LOG.debug("The connection of the lock was closed before", ex);
		}
	}

	/** A lock that is lost is noticed by the next transaction, not here. */
	private void beat() {
		try (Statement statement = this.connection.createStatement()) {
			statement.execute("select 1");
		}
		catch (SQLException ex) {
			LOG.debug("The connection of the lock is broken", ex);
			this.heartbeat.shutdown();
		}
	}

	private static ThreadFactory daemons() {
		CustomizableThreadFactory threads = new CustomizableThreadFactory("run-lock-");
		threads.setDaemon(true);
		return threads;
	}

	private static String name() {
		return "job-audit run, process %d on %s".formatted(ProcessHandle.current().pid(), host());
	}

	private static String host() {
		try {
			return InetAddress.getLocalHost().getHostName();
		}
		catch (UnknownHostException ex) {
			return "an unnamed host";
		}
	}

	/** The connection that held the run's lock is gone: nothing more may be committed. */
	public static class RunLockLostException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		RunLockLostException(Account account) {
			super("the run's lock of account " + account + " was lost with its connection");
		}

	}

	/**
	 * Another run of the same account is active; the message says which and since when.
	 */
	public static class RunLockedException extends AuditException {

		private static final long serialVersionUID = 1L;

		RunLockedException(Account account, String holder) {
			super(ExitStatus.NOT_NOW, "another run holds the lock of account " + account + ": " + holder);
		}

	}

	/** Workers share another run of the same account. */
	public static final class RunSharedException extends RunLockedException {

		private static final long serialVersionUID = 1L;

		private final transient RunId run;

		RunSharedException(Account account, RunId run, String holders) {
			super(account, holders);
			this.run = run;
		}

		public RunId run() {
			return this.run;
		}

	}

}
