package io.jobaudit.ledger;

import java.util.List;
import java.util.function.Function;

import io.jobaudit.PostgresText;
import io.jobaudit.RunId;
import io.jobaudit.fetch.FetchedJob;
import io.jobaudit.fetch.FetchedJob.Found;
import io.jobaudit.fetch.FetchedJob.NotFetched;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.jdbc.core.JdbcOperations;

/** Stores the outcome of pending items, exactly one each, or the chunk fails. */
public record OutcomeWriter(JdbcOperations jdbc, RunId runId, Fence fence) implements ItemWriter<FetchedJob> {

	/**
	 * Looks up each item by its key. The query hides from the planner that all items are
	 * of one run, because the planner has no statistics of this run or assumes it is
	 * empty.
	 */
	private static final String DECIDE = """
			update audit.audit_item_row i
			set outcome = d.outcome, http_status = nullif(d.http_status, 0), code = nullif(d.code, ''),
			  message = nullif(d.message, ''), request_id = nullif(d.request_id, ''), attempts = d.attempts,
			  decided_at = d.decided_at::timestamptz
			from (
			  select ?::bigint as run_id, u.*
			  from unnest(?::bigint[], ?::text[], ?::integer[], ?::text[], ?::text[], ?::text[], ?::integer[], ?::text[])
			    as u (item_no, outcome, http_status, code, message, request_id, attempts, decided_at)
			  offset 0) as d
			where i.run_id = d.run_id and i.item_no = d.item_no and i.outcome is null
			""";

	@Override
	public void write(Chunk<? extends FetchedJob> chunk) {
		this.fence.requireHeld(this.jdbc);
		List<? extends FetchedJob> jobs = chunk.getItems();
		int decided = this.jdbc.update(DECIDE, this.runId.value(),
				jobs.stream().mapToLong((job) -> job.item().itemNo()).toArray(),
				texts(jobs, (job) -> job.outcome().name()), jobs.stream().mapToInt(OutcomeWriter::status).toArray(),
				texts(jobs, (job) -> fromError(job, (missing) -> missing.error().code())),
				texts(jobs, (job) -> fromError(job, (missing) -> missing.error().message())),
				texts(jobs, OutcomeWriter::requestId), jobs.stream().mapToInt(FetchedJob::attempts).toArray(),
				texts(jobs, (job) -> job.decidedAt().toString()));
		if (decided != jobs.size()) {
			throw new IllegalStateException(
					"only %3$d of %1$d items of run %2$s were pending; another process has decided the rest"
						.formatted(jobs.size(), this.runId, decided));
		}
	}

	private static int status(FetchedJob job) {
		if (job instanceof Found found) {
			return found.answer().httpStatus();
		}
		return (job instanceof NotFetched missing) ? missing.error().httpStatus() : 0;
	}

	private static String requestId(FetchedJob job) {
		if (job instanceof Found found) {
			return PostgresText.of(found.answer().requestId());
		}
		return fromError(job, (missing) -> missing.error().requestId());
	}

	private static String fromError(FetchedJob job, Function<NotFetched, @Nullable String> text) {
		String value = (job instanceof NotFetched missing) ? text.apply(missing) : null;
		return (value != null) ? PostgresText.of(value) : "";
	}

	private static Object texts(List<? extends FetchedJob> jobs, Function<FetchedJob, String> text) {
		return jobs.stream().map(text).toArray(String[]::new);
	}

}
