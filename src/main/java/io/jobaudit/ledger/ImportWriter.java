package io.jobaudit.ledger;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

import io.jobaudit.RunId;
import io.jobaudit.ids.InputLine;
import io.jobaudit.ids.InputLine.MalformedLine;
import io.jobaudit.ids.InputLine.RequestedId;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stores input lines: a new id as a pending item, anything else as a rejected line, with
 * one statement for each kind.
 */
public final class ImportWriter implements ItemWriter<List<InputLine>> {

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

	/**
	 * Faster, but adds nothing unless all ids are new. Ids and JSON contain no control
	 * characters, so that nothing needs to be quoted.
	 */
	private static final String COPY_NEW = """
			copy audit.audit_item_row (run_id, item_no, job_id, labels) from stdin
			  (format csv, delimiter e'\\x02', quote e'\\x01')
			""";

	private static final int ROWS_OF_MESSAGE = 500;

	private static final String ADD_REJECTED = """
			insert into audit.audit_rejected_line (run_id, line_no, content, reason)
			select ?, line_no, content, reason
			from unnest(?::bigint[], ?::text[], ?::text[]) as l (line_no, content, reason)
			""";

	private final JdbcOperations jdbc;

	private final TransactionTemplate savepoint;

	private final RunId runId;

	private final Fence fence;

	private boolean seenDuplicate;

	ImportWriter(JdbcOperations jdbc, PlatformTransactionManager transactions, RunId runId, Fence fence) {
		this.jdbc = jdbc;
		this.savepoint = new TransactionTemplate(transactions);
		this.savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
		this.runId = runId;
		this.fence = fence;
	}

	@Override
	public void write(Chunk<? extends List<InputLine>> blocks) {
		this.fence.requireHeld(this.jdbc);
		blocks.forEach(this::write);
	}

	private void write(List<InputLine> lines) {
		List<RequestedId> ids = only(lines, RequestedId.class);
		if (!ids.isEmpty() && !copyNew(ids)) {
			this.jdbc.update(ADD_ITEMS, lineNumbers(ids), texts(ids, (line) -> line.id().value()),
					texts(ids, (line) -> JSON.writeValueAsString(line.labels())), this.runId.value(),
					this.runId.value());
		}
		List<MalformedLine> malformed = only(lines, MalformedLine.class);
		if (!malformed.isEmpty()) {
			this.jdbc.update(ADD_REJECTED, this.runId.value(), lineNumbers(malformed),
					texts(malformed, MalformedLine::content), texts(malformed, (line) -> line.reason().name()));
		}
	}

	/**
	 * Adds ids if all of them are new. After the first duplicate of a run it does not try
	 * again, so that the log of the server has at most one error.
	 */
	private boolean copyNew(List<RequestedId> ids) {
		if (!this.seenDuplicate) {
			try {
				this.savepoint.executeWithoutResult((status) -> this.jdbc.execute((Connection connection) -> {
					copy(ids, new CopyManager(connection.unwrap(BaseConnection.class)).copyIn(COPY_NEW));
					return ids.size();
				}));
			}
			catch (DuplicateKeyException ex) {
				this.seenDuplicate = true;
			}
		}
		return !this.seenDuplicate;
	}

	/**
	 * The server adds rows while the next ones are prepared. They are sorted, so that
	 * neighbours are on the same page of the index.
	 */
	private void copy(List<RequestedId> ids, CopyIn copy) throws SQLException {
		List<RequestedId> sorted = ids.stream().sorted(Comparator.comparing((line) -> line.id().value())).toList();
		try {
			for (int i = 0; i < sorted.size(); i += ROWS_OF_MESSAGE) {
				byte[] rows = rows(sorted.subList(i, Math.min(i + ROWS_OF_MESSAGE, sorted.size())));
				copy.writeToCopy(rows, 0, rows.length);
				copy.flushCopy();
			}
			copy.endCopy();
		}
		finally {
			if (copy.isActive()) {
				copy.cancelCopy();
			}
		}
	}

	private byte[] rows(List<RequestedId> ids) {
		StringWriter rows = new StringWriter(100 * ids.size());
		try (JsonGenerator labels = JSON.createGenerator(rows)) {
			for (RequestedId id : ids) {
				rows.append(this.runId.toString()).append('\u0002').append(Long.toString(id.lineNo()));
				rows.append('\u0002').append(id.id().value()).append('\u0002');
				labels.writeStartObject();
				id.labels().forEach(labels::writeStringProperty);
				labels.writeEndObject();
				labels.flush();
				rows.append('\n');
			}
		}
		return rows.toString().getBytes(StandardCharsets.UTF_8);
	}

	private static <T extends InputLine> List<T> only(List<InputLine> lines, Class<T> kind) {
		return lines.stream().filter(kind::isInstance).map(kind::cast).toList();
	}

	private static Object lineNumbers(List<? extends InputLine> lines) {
		return lines.stream().mapToLong(InputLine::lineNo).toArray();
	}

	private static <T> Object texts(List<T> lines, Function<T, String> text) {
		return lines.stream().map(text).toArray(String[]::new);
	}

}
