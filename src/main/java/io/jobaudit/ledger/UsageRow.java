package io.jobaudit.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

import io.jobaudit.RunId;
import io.jobaudit.fetch.ApiUsage;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The row in which calls are counted: of a run, or of a part of it. */
public final class UsageRow {

	private static final String TOTALS = " set api_calls = :calls, api_throttled = :throttled, api_retries = :retries,"
			+ " api_waited_ms = :waited, api_fetch_ms = :elapsed";

	private final JdbcClient jdbc;

	private final String table;

	private final String condition;

	private final Map<String, Long> key;

	private UsageRow(JdbcClient jdbc, String table, String condition, Map<String, Long> key) {
		this.jdbc = jdbc;
		this.table = table;
		this.condition = condition;
		this.key = key;
	}

	static UsageRow of(JdbcClient jdbc, RunId run) {
		return new UsageRow(jdbc, "audit.audit_run", " where run_id = :run", Map.of("run", run.value()));
	}

	static UsageRow of(JdbcClient jdbc, RunId run, RunPart part) {
		return new UsageRow(jdbc, "audit.audit_part", " where run_id = :run and part_no = :part",
				Map.of("run", run.value(), "part", (long) part.number()));
	}

	/** The calls counted so far. */
	public ApiUsage read() {
		return this.jdbc.sql("select * from " + this.table + this.condition)
			.params(this.key)
			.query(UsageRow::usage)
			.single();
	}

	/** Writes totals, so that a write whose commit is in doubt may be repeated. */
	public void write(ApiUsage total) {
		this.jdbc.sql("update " + this.table + TOTALS + this.condition)
			.params(this.key)
			.param("calls", total.calls())
			.param("throttled", total.throttled())
			.param("retries", total.retries())
			.param("waited", total.waited().toMillis())
			.param("elapsed", total.elapsed().toMillis())
			.update();
	}

	/** Reads the columns that both tables have. */
	static ApiUsage usage(ResultSet row, int number) throws SQLException {
		return new ApiUsage(row.getLong("api_calls"), row.getLong("api_throttled"), row.getLong("api_retries"),
				Duration.ofMillis(row.getLong("api_waited_ms")), Duration.ofMillis(row.getLong("api_fetch_ms")));
	}

}
