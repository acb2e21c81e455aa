package io.jobaudit.ledger;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.jobaudit.Account;
import io.jobaudit.ExitStatus;
import io.jobaudit.RunId;
import io.jobaudit.SmartJobId;
import io.jobaudit.TestPostgres;
import io.jobaudit.fetch.FetchedJob;
import io.jobaudit.fetch.PendingItem;
import io.jobaudit.fetch.api.ApiAnswer.JobAnswer;
import io.jobaudit.fetch.api.ReadBody;
import io.jobaudit.ids.CsvInput;
import io.jobaudit.ids.InputLine.RequestedId;
import io.jobaudit.normalize.SmartJobNormalizer;
import io.jobaudit.store.MeasuredDatabase;
import io.jobaudit.store.MeasuredDatabase.Read;
import io.jobaudit.store.QueryPlans;
import io.jobaudit.store.SmartJobStore;
import io.jobaudit.store.SmartJobStore.StoredJob;
import io.jobaudit.store.SmartJobStores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What each statement of a night reads without statistics, be it the first or after many,
 * or with those of the night before.
 */
class FetchPlansTest {

	private static final Account ACCOUNT = new Account("default");

	private static final int IDS = 30_000;

	private static final int NEW = 500;

	private static final int CHUNK = 50;

	private static final JobAnswer ANSWER = ReadBody
		.of("{\"State\":\"Failed\",\"SmartJobInfo\":{\"JobType\":\"ASR\"}}".getBytes(StandardCharsets.UTF_8));

	private final PGSimpleDataSource plain = TestPostgres.migratedDatabase();

	private final MeasuredDatabase database = new MeasuredDatabase(this.plain, true);

	private final JdbcClient jdbc = JdbcClient.create(this.database.dataSource());

	private final JdbcTemplate template = new JdbcTemplate(this.database.dataSource());

	private final Ledger ledger = new Ledger(this.plain, this.template, this.jdbc);

	private final Runs runs = new Runs(this.jdbc, Clock.systemUTC());

	private final SmartJobStores stores = new SmartJobStores(this.template);

	@ParameterizedTest
	@CsvSource({ "0, false", "10, false", "10, true" })
	void everyStatementReadsWhatItsRowsNeed(int nights, boolean analyzed) throws Exception {
		try (Connection connection = this.plain.getConnection()) {
			QueryPlans.history(connection, nights, IDS, NEW);
		}
		if (analyzed) {
			JdbcClient.create(this.plain).sql("analyze").update();
		}
		CsvInput input = new CsvInput("ids.csv", List.of(), null, "tonight");
		try (RunLock lock = this.ledger.lock(ACCOUNT)) {
			AuditRun run = this.runs
				.open(new Runs.RunOpening(ACCOUNT, "cn-shanghai", input, null, "test", Map.of(), false));
			assertReads(0);
			this.ledger.importWriter(run, lock).write(Chunk.of(List.copyOf(lines())));
			assertReads(IDS);
			this.runs.importComplete(run.runId(), IDS);
			this.runs.statement(run.runId());
			this.runs.rowsWritten(run.runId());
			assertReads(IDS);
			PendingItemReader pending = this.ledger.pendingItems(run, ItemRange.ALL, false);
			List<PendingItem> items = Stream.generate(pending::read).takeWhile(Objects::nonNull).toList();
			assertThat(items.stream().filter(PendingItem::storedFinal)).hasSize((nights > 0) ? IDS - NEW : 0);
			assertReads(1000);
			assertThat(this.stores.newest(ACCOUNT).isPresent()).isEqualTo(nights > 0);
			assertReads(1);
			for (int from = IDS - 2 * NEW; from < IDS; from += CHUNK) {
				decide(run, lock, items.subList(from, from + CHUNK));
				assertReads(CHUNK);
			}
			JdbcClient.create(this.plain)
				.sql("update audit.audit_item set outcome = 'NOT_FOUND', decided_at = now() where outcome is null")
				.update();
			this.runs.statement(run.runId()).requireReconciled(run.runId());
			this.runs.close(run.runId(), ExitStatus.COMPLETE);
			assertReads(IDS);
		}
	}

	/** Without statistics, the planner takes nested loops on a large table. */
	@Test
	void labelsThatStayAreComparedOnceForEachJobWhateverTheJoin() throws Exception {
		try (Connection connection = this.plain.getConnection()) {
			QueryPlans.history(connection, 1, IDS, IDS);
		}
		List.of("enable_hashjoin", "enable_mergejoin", "enable_bitmapscan", "enable_seqscan")
			.forEach((join) -> JdbcClient.create(this.plain)
				.sql("alter database %s set %s = off".formatted(this.plain.getDatabaseName(), join))
				.update());
		Map<String, String> labels = new LinkedHashMap<>();
		JdbcClient.create(this.plain)
			.sql("select job_id, labels::text as labels from audit.smart_job order by job_id limit 1000")
			.query((RowCallbackHandler) (row) -> labels.put(row.getString("job_id"), row.getString("labels")));
		this.stores.of(ACCOUNT, new RunId(1))
			.relabel(labels.keySet().stream().map(SmartJobId::new).toList(), List.copyOf(labels.values()));

		assertThat(labels).hasSize(1000);
		assertReads(1000);
	}

	private void decide(AuditRun run, RunLock lock, List<PendingItem> items) {
		SmartJobStore store = this.stores.of(ACCOUNT, run.runId());
		List<PendingItem> found = items.stream().filter((item) -> !item.storedFinal()).toList();
		List<PendingItem> unchanged = items.stream().filter(PendingItem::storedFinal).toList();
		store.write(found.stream().map(FetchPlansTest::row).toList());
		store.relabel(unchanged.stream().map(PendingItem::id).toList(),
				unchanged.stream().map(PendingItem::labels).toList());
		this.ledger.outcomeWriter(run, lock)
			.write(new Chunk<>(Stream
				.<FetchedJob>concat(found.stream().map((item) -> new FetchedJob.Found(item, ANSWER, 1, Instant.now())),
						unchanged.stream().map((item) -> new FetchedJob.Unchanged(item, Instant.now())))
				.toList()));
		this.runs.usage(run.runId()).write(this.runs.usage(run.runId()).read());
	}

	private static StoredJob row(PendingItem item) {
		return new StoredJob(new SmartJobNormalizer(false).normalize(item.id(), ANSWER, Instant.now()), item.labels(),
				Instant.now());
	}

	/** The ids of the last night without the oldest, and new ones. */
	private List<RequestedId> lines() {
		List<String> last = JdbcClient.create(this.plain)
			.sql("select job_id from audit.audit_item where run_id = 10 and item_no > :old order by item_no")
			.param("old", NEW)
			.query((row, number) -> row.getString(1))
			.list();
		List<String> ids = Stream
			.concat(last.stream(), IntStream.range(0, IDS - last.size()).mapToObj((i) -> "new-" + i))
			.toList();
		return IntStream.range(0, IDS)
			.mapToObj((i) -> new RequestedId(i + 1, new SmartJobId(ids.get(i)), Map.of("team", "tonight")))
			.toList();
	}

	private void assertReads(int rows) {
		List<Read> reads = this.database.reads();
		assertThat(reads).isNotEmpty().allSatisfy((read) -> {
			assertThat(read.buffers()).as("pages: %s", read.sql()).isLessThanOrEqualTo(10L * rows + 2000);
			assertThat(read.rows()).as("rows: %s", read.sql()).isLessThanOrEqualTo(20L * rows + 2000);
		});
	}

}
