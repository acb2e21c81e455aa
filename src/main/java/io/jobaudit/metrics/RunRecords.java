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

/** Figures of runs that only the database has. */
record RunRecords(JdbcClient jdbc) {

	/**
	 * Token usage that the jobs of a run report.
	 *
	 * @param total all reported tokens; null if no job reports any
	 * @param reporting jobs that report tokens
	 * @param absent jobs that report none
	 * @param unreadable jobs whose usage cannot be read
	 */
	record TokenTotals(@Nullable BigDecimal total, long reporting, long absent, long unreadable) {
	}

	/** When the last complete run was closed; empty if there was none. */
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

	/** The tokens of a run, by the same statement as in {@code run-summary.json}. */
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
			throw new IllegalStateException("cannot read the statement in the jar", ex);
		}
	}

}
