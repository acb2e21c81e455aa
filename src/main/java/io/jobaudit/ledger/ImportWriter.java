package io.jobaudit.ledger;

import java.util.List;
import java.util.function.Function;

import io.jobaudit.RunId;
import io.jobaudit.ids.InputLine;
import io.jobaudit.ids.InputLine.MalformedLine;
import io.jobaudit.ids.InputLine.RequestedId;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stores input lines: a new id as a pending item, anything else as a rejected line, with
 * one statement for each kind.
 */
public final class ImportWriter implements ItemWriter<InputLine> {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final String ADD_ITEMS = """
			with line as (
			  select * from unnest(?::bigint[], ?::text[], ?::text[]) as l (line_no, job_id, labels)
			), first_line as (
			  select distinct on (job_id) line_no, job_id, labels from line order by job_id, line_no
			), added as (
			  insert into audit.audit_item_row (run_id, item_no, job_id, labels)
			  select ?, line_no, job_id, labels::jsonb from first_line order by line_no
			  on conflict (run_id, job_id) do nothing
			  returning item_no
			)
			insert into audit.audit_rejected_line (run_id, line_no, content, reason)
			select ?, line_no, job_id, 'DUPLICATE' from line where line_no not in (select item_no from added)
			""";

	/** Takes two thirds of the time if all ids are new, else nothing is added. */
	private static final String ADD_NEW = """
			insert into audit.audit_item_row (run_id, item_no, job_id, labels)
			select ?, line_no, job_id, labels::jsonb
			from unnest(?::bigint[], ?::text[], ?::text[]) as l (line_no, job_id, labels)
			""";

	private static final String ADD_REJECTED = """
			insert into audit.audit_rejected_line (run_id, line_no, content, reason)
			select ?, line_no, content, reason
			from unnest(?::bigint[], ?::text[], ?::text[]) as l (line_no, content, reason)
			""";

	private final JdbcOperations jdbc;

	private final TransactionTemplate savepoint;

	private final RunId runId;

	private final RunLock lock;

	private boolean seenDuplicate;

	ImportWriter(JdbcOperations jdbc, PlatformTransactionManager transactions, RunId runId, RunLock lock) {
		this.jdbc = jdbc;
		this.savepoint = new TransactionTemplate(transactions);
		this.savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
		this.runId = runId;
		this.lock = lock;
	}

	@Override
	public void write(Chunk<? extends InputLine> chunk) {
		this.lock.requireHeld(this.jdbc);
		List<RequestedId> ids = only(chunk, RequestedId.class);
		if (!ids.isEmpty()) {
			add(lineNumbers(ids), texts(ids, (line) -> line.id().value()),
					texts(ids, (line) -> JSON.writeValueAsString(line.labels())));
		}
		List<MalformedLine> malformed = only(chunk, MalformedLine.class);
		if (!malformed.isEmpty()) {
			this.jdbc.update(ADD_REJECTED, this.runId.value(), lineNumbers(malformed),
					texts(malformed, MalformedLine::content), texts(malformed, (line) -> line.reason().name()));
		}
	}

	/** The log of the server has one error at most. */
	private void add(Object lines, Object ids, Object labels) {
		if (!this.seenDuplicate) {
			try {
				this.savepoint.executeWithoutResult(
						(status) -> this.jdbc.update(ADD_NEW, this.runId.value(), lines, ids, labels));
				return;
			}
			catch (DuplicateKeyException ex) {
				this.seenDuplicate = true;
			}
		}
		this.jdbc.update(ADD_ITEMS, lines, ids, labels, this.runId.value(), this.runId.value());
	}

	private static <T extends InputLine> List<T> only(Chunk<? extends InputLine> chunk, Class<T> kind) {
		return chunk.getItems().stream().filter(kind::isInstance).map(kind::cast).toList();
	}

	private static Object lineNumbers(List<? extends InputLine> lines) {
		return lines.stream().mapToLong(InputLine::lineNo).toArray();
	}

	private static <T> Object texts(List<T> lines, Function<T, String> text) {
		return lines.stream().map(text).toArray(String[]::new);
	}

}
