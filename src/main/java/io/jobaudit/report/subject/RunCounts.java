package io.jobaudit.report.subject;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The closing statement in numbers: what the import counted, and what the ledger
 * contains.
 *
 * @param lines data lines; null, like the next three, until the import is complete
 * @param outcomes ids by outcome, counted now, in the order of the closing statement
 * @param pending ids without outcome, counted now
 */
public record RunCounts(@Nullable Long lines, @Nullable Long distinct, @Nullable Long duplicates,
		@Nullable Long malformed, Map<String, Long> outcomes, long pending) {

	private static final List<String> OUTCOMES = List.of("FETCHED", "UNCHANGED", "NOT_FOUND", "EXPIRED", "REFUSED",
			"UNREADABLE");

	static RunCounts of(ResultSet row) throws SQLException {
		Map<String, Long> outcomes = new LinkedHashMap<>();
		for (String outcome : OUTCOMES) {
			outcomes.put(outcome, row.getLong(outcome.toLowerCase(Locale.ROOT)));
		}
		return new RunCounts(row.getObject("lines_read", Long.class), row.getObject("distinct_ids", Long.class),
				row.getObject("duplicates", Long.class), row.getObject("malformed", Long.class), outcomes,
				row.getLong("pending"));
	}

	boolean addUp() {
		if (this.lines == null || this.distinct == null || this.duplicates == null || this.malformed == null) {
			return false;
		}
		long decided = this.outcomes.values().stream().mapToLong(Long::longValue).sum();
		return this.lines == this.distinct + this.duplicates + this.malformed
				&& this.distinct == decided + this.pending;
	}

}
