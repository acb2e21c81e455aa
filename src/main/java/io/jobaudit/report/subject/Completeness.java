package io.jobaudit.report.subject;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A run's input compared with the API's list, for programs: {@code listed} is
 * {@code inBoth} + {@code listedNotNamed}, which is the sum of the three after it;
 * {@code named} is {@code inBoth} + {@code namedNotListed} + {@code namedUnknownToApi}.
 */
public record Completeness(Instant listedAt, @Nullable Long totalCount, long listed, long named, long inBoth,
		long listedNotNamed, long neverAudited, long auditedBefore, long createdSince, long namedNotListed,
		long namedUnknownToApi) {

	/** Null when it was not checked. */
	public static @Nullable Completeness read(ReportQueries queries) {
		List<Completeness> checks = queries.list(ReportQuery.packaged("run/completeness"),
				(row, number) -> new Completeness(row.getObject("listed_at", OffsetDateTime.class).toInstant(),
						row.getObject("total_count", Long.class), row.getLong("listed"), row.getLong("named"),
						row.getLong("in_both"), row.getLong("listed_not_named"), row.getLong("never_audited"),
						row.getLong("audited_before"), row.getLong("created_since"), row.getLong("not_listed"),
						row.getLong("unknown_to_api")));
		return checks.isEmpty() ? null : checks.get(0);
	}

}
