package io.jobaudit.ledger;

import java.util.ArrayDeque;
import java.util.Queue;

import io.jobaudit.SmartJobId;
import io.jobaudit.fetch.PendingItem;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads a run's pending items in order, page by page by key. A restart reads the items
 * without an outcome, so nothing is kept in the step's context.
 */
public final class PendingItemReader implements ItemReader<PendingItem> {

	private static final int PAGE = 1000;

	private final JdbcClient jdbc;

	private final AuditRun run;

	private final boolean refetch;

	private final Queue<PendingItem> page = new ArrayDeque<>();

	private long lastItem;

	private boolean exhausted;

	PendingItemReader(JdbcClient jdbc, AuditRun run, boolean refetch) {
		this.jdbc = jdbc;
		this.run = run;
		this.refetch = refetch;
	}

	@Override
	public @Nullable PendingItem read() {
		if (this.page.isEmpty() && !this.exhausted) {
			readPage();
		}
		PendingItem next = this.page.poll();
		if (next != null) {
			this.lastItem = next.itemNo();
		}
		return next;
	}

	private void readPage() {
		this.page.addAll(this.jdbc
			.sql("""
					select i.item_no, i.job_id, i.labels::text as labels,
					  coalesce(j.state in ('Finished', 'Failed'), false) and not :refetch as stored_final,
					  coalesce(coalesce(j.create_time, j.fetched_at) < now() - interval '1 year', false) as stored_over_a_year
					from audit.audit_item i
					left join audit.smart_job j on j.account = :account and j.job_id = i.job_id
					where i.run_id = :run and i.item_no > :last and i.outcome is null
					order by i.item_no
					limit :page
					""")
			.param("refetch", this.refetch)
			.param("account", this.run.account().name())
			.param("run", this.run.runId().value())
			.param("last", this.lastItem)
			.param("page", PAGE)
			.query((row, number) -> new PendingItem(row.getLong("item_no"), new SmartJobId(row.getString("job_id")),
					row.getString("labels"), row.getBoolean("stored_final"), row.getBoolean("stored_over_a_year")))
			.list());
		this.exhausted = this.page.size() < PAGE;
	}

}
