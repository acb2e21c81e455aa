package io.jobaudit.bench;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import org.springframework.jdbc.core.simple.JdbcClient;

/** The statement of a database that takes longest, as seen ten times a second. */
final class LongestStatement implements AutoCloseable {

	private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

	private final JdbcClient jdbc;

	private volatile Seen longest = new Seen(0, "none");

	private LongestStatement(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	static LongestStatement watch(DataSource database) {
		LongestStatement watch = new LongestStatement(JdbcClient.create(database));
		watch.thread.scheduleWithFixedDelay(watch::look, 0, 100, TimeUnit.MILLISECONDS);
		return watch;
	}

	private void look() {
		Optional<Seen> now = this.jdbc
			.sql("""
					select extract(epoch from clock_timestamp() - query_start), query from pg_stat_activity
					where state = 'active' and datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()
					order by query_start limit 1
					""")
			.query((row, number) -> new Seen(row.getDouble(1), row.getString(2)))
			.optional();
		now.filter((seen) -> seen.seconds() > this.longest.seconds()).ifPresent((seen) -> this.longest = seen);
	}

	@Override
	public void close() {
		this.thread.shutdownNow();
	}

	@Override
	public String toString() {
		return this.longest.toString();
	}

	private record Seen(double seconds, String sql) {

		@Override
		public String toString() {
			return String.format(Locale.ROOT, "%.1f s: %s", this.seconds, this.sql.strip().replaceAll("\\s+", " "));
		}

	}

}
