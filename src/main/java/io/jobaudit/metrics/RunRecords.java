package io.jobaudit.metrics;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

import io.jobaudit.RunId;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What only the database knows of runs. */
final class RunRecords {

	/**
	 * What a run's jobs say of their tokens.
	 *
	 * @param total all that are reported; null when none is
	 * @param reporting jobs that report them
	 * @param absent jobs that do not
	 * @param unreadable jobs whose report cannot be read
	 */
	record TokenTotals(@Nullable BigDecimal total, long reporting, long absent, long unreadable) {
	}

	private final JdbcClient jdbc;

	RunRecords(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** When the last complete run closed its book; empty when there was none. */
	Optional<Instant> lastSuccess(MetricLabels labels) {
		return this.jdbc.sql("""
				select finished_at from audit.audit_run
				where account = :account and region = :region and status = 'COMPLETED' and finished_at is not null
				order by finished_at desc limit 1
				""")
			.param("account", labels.account().name())
			.param("region", labels.region())
			.query(OffsetDateTime.class)
			.optional()
			.map(OffsetDateTime::toInstant);
	}

	/**
	 * The tokens of a run, by the statement that {@code run-summary.json} has them by.
	 */
	TokenTotals tokens(RunId runId) {
		return this.jdbc.sql(statement())
			.param("run_id", runId.value())
			.query((row, number) -> new TokenTotals(row.getBigDecimal("total"), row.getLong("reporting"),
					row.getLong("silent"), row.getLong("unreadable")))
			.single();
	}

	private static String statement() {
		try {
			return new ClassPathResource("sql/report/run/tokens.sql").getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new IllegalStateException("the statement is in the jar", ex);
		}
	}

}
