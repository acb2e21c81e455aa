package io.jobaudit.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.jobaudit.Account;
import io.jobaudit.RunId;
import org.jspecify.annotations.Nullable;

/**
 * A run as it is stored. Counts of a purged run come from its summary.
 *
 * @param run its number
 * @param account name of the cloud account
 * @param region region of the jobs
 * @param status as stored, but {@code INTERRUPTED} for a running one whose lock is free,
 * and {@code ABANDONED} for one that was given up
 * @param exitCode exit code, null while it runs
 * @param startedAt when it was opened
 * @param finishedAt when it ended last
 * @param version version of job-audit
 * @param source where its ids came from
 * @param sha256 SHA-256 of its input in hex
 * @param parentRun the earlier run whose ids it fetched again
 * @param lines data lines read
 * @param distinct distinct well-formed ids
 * @param duplicates lines whose id came before
 * @param malformed lines without a well-formed id
 * @param outcomes ids by outcome
 * @param pending ids without outcome
 * @param calls calls made
 * @param throttled calls answered with throttling
 * @param retries calls that repeated an earlier one
 * @param reports directory of the reports, null for none
 * @param abandonedAt when it was given up
 * @param purgedAt when its ids were purged
 * @param summary {@code run-summary.json}, null when there are no reports
 */
public record RunRecord(RunId run, Account account, String region, String status, @Nullable Integer exitCode,
		Instant startedAt, @Nullable Instant finishedAt, String version, String source, String sha256,
		@Nullable RunId parentRun, @Nullable Long lines, @Nullable Long distinct, @Nullable Long duplicates,
		@Nullable Long malformed, Map<String, Long> outcomes, long pending, long calls, long throttled, long retries,
		@Nullable String reports, @Nullable Instant abandonedAt, @Nullable Instant purgedAt, @Nullable String summary) {

	/** Status of a run that was given up. */
	public static final String ABANDONED = "ABANDONED";

	/** Whether the same command would resume it, or it can be given up. */
	public boolean isUnfinished() {
		return this.purgedAt == null && !List.of("COMPLETED", "RUNNING", ABANDONED).contains(this.status);
	}

	/** Ids with an outcome. */
	public long count(String outcome) {
		return this.outcomes.getOrDefault(outcome, 0L);
	}

}
