package io.jobaudit.ledger;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.jobaudit.SmartJobId;
import io.jobaudit.fetch.PendingItem;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads a run's pending items in order, a number of input lines at a time, and reads the
 * next ones ahead. A restart reads the items that have no outcome, so nothing is stored
 * in the step's context.
 */
public final class PendingItemReader implements ItemReader<PendingItem> {

	private static final int LINES = 1000;

	private final JdbcClient jdbc;

	private final AuditRun run;

	private final ItemRange lines;

	private final boolean refetch;

	private final Queue<PendingItem> page = new ArrayDeque<>();

	private @Nullable CompletableFuture<List<PendingItem>> next;

	private long line;

	private long lastLine = -1;

	PendingItemReader(JdbcClient jdbc, AuditRun run, ItemRange lines, boolean refetch) {
		this.jdbc = jdbc;
		this.run = run;
		this.lines = lines;
		this.line = lines.after();
		this.refetch = refetch;
	}

	@Override
	public @Nullable PendingItem read() {
		if (this.lastLine < 0) {
			Long last = this.lines.last();
			this.lastLine = (last != null) ? last : readLastLine();
		}
		while (this.page.isEmpty() && this.line < this.lastLine) {
			this.page.addAll((this.next != null) ? ended(this.next) : readLines(this.line));
			this.line += LINES;
			long ahead = this.line;
			this.next = (ahead < this.lastLine) ? CompletableFuture.supplyAsync(() -> readLines(ahead)) : null;
		}
		return this.page.poll();
	}

	private static List<PendingItem> ended(CompletableFuture<List<PendingItem>> page) {
		try {
			return page.join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}
	}

	private long readLastLine() {
		return this.jdbc.sql("select coalesce(max(item_no), 0) from audit.audit_item_row where run_id = :run")
			.param("run", this.run.runId().value())
			.query(Long.class)
			.single();
	}

	/** Looks up each job by its key, because neither table has statistics yet. */
	private List<PendingItem> readLines(long after) {
		return this.jdbc
			.sql("""
					select i.item_no, i.job_id, i.labels::text as labels,
					  coalesce(j.state in ('Finished', 'Failed'), false) and not :refetch as stored_final,
					  coalesce(coalesce(j.create_time, j.fetched_at) < now() - interval '1 year', false) as stored_over_a_year
					from audit.audit_item_row i
					left join lateral (
					  select s.state, s.create_time, s.fetched_at from audit.smart_job s
					  where s.account = :account and s.job_id = i.job_id offset 0) j on true
					where i.run_id = :run and i.item_no > :after and i.item_no <= :last and i.outcome is null
					order by i.item_no
					""")
			.param("refetch", this.refetch)
			.param("account", this.run.account().name())
			.param("run", this.run.runId().value())
			.param("after", after)
			.param("last", Math.min(after + LINES, this.lastLine))
			.query((row, number) -> new PendingItem(row.getLong("item_no"), new SmartJobId(row.getString("job_id")),
					row.getString("labels"), row.getBoolean("stored_final"), row.getBoolean("stored_over_a_year")))
			.list();
	}

}
