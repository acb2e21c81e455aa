package io.jobaudit.ledger;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.jobaudit.Account;
import io.jobaudit.ClosingStatement;
import io.jobaudit.ClosingStatement.NotReconciledException;
import io.jobaudit.ExitStatus;
import io.jobaudit.Outcome;
import io.jobaudit.RunId;
import io.jobaudit.SmartJobId;
import io.jobaudit.TestPostgres;
import io.jobaudit.csv.CsvFormat;
import io.jobaudit.fetch.ApiUsage;
import io.jobaudit.fetch.FetchedJob;
import io.jobaudit.fetch.FetchedJob.Unchanged;
import io.jobaudit.fetch.PendingItem;
import io.jobaudit.ids.CsvFile;
import io.jobaudit.ids.CsvInput;
import io.jobaudit.ids.InputLine;
import io.jobaudit.ids.InputLine.MalformedLine;
import io.jobaudit.ids.InputLine.RejectedLine;
import io.jobaudit.ids.InputLine.Rejection;
import io.jobaudit.ids.InputLine.RequestedId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

class LedgerTest {

	private static final Account ACCOUNT = new Account("default");

	private static final Instant NOW = Instant.parse("2026-11-22T01:00:00Z");

	private final DataSource database = TestPostgres.migratedDatabase();

	private final JdbcClient jdbc = JdbcClient.create(this.database);

	private final Runs runs = new Runs(this.jdbc, Clock.fixed(NOW, ZoneOffset.UTC));

	private final Ledger ledger = new Ledger(this.database, new JdbcTemplate(this.database), this.jdbc);

	private RunLock lock = takeLock();

	@AfterEach
	void letGo() {
		this.lock.close();
	}

	@Test
	void everyInputLineIsInExactlyOnePlace() throws Exception {
		AuditRun run = open("input", false);

		importLines(run, id(1, "a"), id(2, "b"), id(3, "a"), malformed(4), id(5, "c"), id(6, "c"));
		importLines(run, id(7, "b"), id(8, "d"), malformed(9));

		assertThat(items("item_no || ':' || job_id")).containsExactly("1:a", "2:b", "5:c", "8:d");
		assertThat(this.jdbc
			.sql("select line_no || ':' || content || ':' || reason from audit.audit_rejected_line"
					+ " order by line_no")
			.query(String.class)
			.list()).containsExactly("3:a:DUPLICATE", "4:bad id:BAD_CHARACTER", "6:c:DUPLICATE", "7:b:DUPLICATE",
					"9:bad id:BAD_CHARACTER");
		this.runs.importComplete(run.runId(), 9);
		ClosingStatement statement = this.runs.statement(run.runId());
		assertThat(statement.distinctIds()).isEqualTo(4);
		assertThat(statement.duplicates()).isEqualTo(3);
		assertThat(statement.malformed()).isEqualTo(2);
	}

	@Test
	void aDuplicateOfAnEarlierChunkSpoilsNothingOfItsOwn() throws Exception {
		AuditRun run = open("input", false);
		ImportWriter writer = this.ledger.importWriter(run, this.lock);

		List.of(List.of(id(1, "a"), id(2, "b")), List.of(id(3, "c"), id(4, "a")), List.of(id(5, "d"), id(6, "d")))
			.forEach((lines) -> new TransactionTemplate(new JdbcTransactionManager(this.database))
				.executeWithoutResult((status) -> writer.write(Chunk.of(List.copyOf(lines)))));

		assertThat(items("item_no || ':' || job_id")).containsExactly("1:a", "2:b", "3:c", "5:d");
		assertThat(this.jdbc.sql("select line_no from audit.audit_rejected_line order by line_no")
			.query(Integer.class)
			.list()).containsExactly(4, 6);
	}

	@Test
	void rejectedLinesAreNumberedAsInTheirFiles() {
		CsvInput input = new CsvInput("*.csv",
				List.of(new CsvFile("a.csv", Path.of("a.csv"), CsvFormat.STANDARD, "f1", 0),
						new CsvFile("b.csv", Path.of("b.csv"), CsvFormat.STANDARD, "f2", 5)),
				null, "several");
		AuditRun run = this.runs
			.open(new Runs.RunOpening(ACCOUNT, "cn-shanghai", input, null, "test", Map.of(), false));
		RunHistory history = new RunHistory(this.jdbc);
		importLines(run, id(1, "a"), malformed(5), id(6, "a"), malformed(7));

		assertThat(this.runs.firstRejectedLine(run.runId()))
			.contains(new RejectedLine("a.csv", 5, "bad id", "BAD_CHARACTER"));
		assertThat(history.rejectedLines(run.runId(), 2)).containsExactly(
				new RejectedLine("a.csv", 5, "bad id", "BAD_CHARACTER"),
				new RejectedLine("b.csv", 1, "a", RejectedLine.DUPLICATE));
		this.jdbc.sql("delete from audit.audit_input").update();
		assertThat(history.rejectedLines(run.runId(), 9)).as("a run of a release that had one file")
			.extracting(RejectedLine::source, RejectedLine::lineNo)
			.containsExactly(tuple("*.csv", 5L), tuple("*.csv", 6L), tuple("*.csv", 7L));
	}

	@Test
	void labelsAreKeptWithTheItem() {
		AuditRun run = open("input", false);

		importLines(run,
				new RequestedId(1, new SmartJobId("a"), Map.of("team", "x\"'; drop table audit.audit_item; --")));

		assertThat(items("labels ->> 'team'")).containsExactly("x\"'; drop table audit.audit_item; --");
	}

	@Test
	void pendingItemsAreReadOverPagesWithoutThoseDecided() throws Exception {
		AuditRun run = open("input", false);
		importLines(run,
				LongStream.rangeClosed(1, 2500).mapToObj((line) -> id(line, "id-" + line)).toArray(InputLine[]::new));
		List<PendingItem> all = readPending(run, false);
		decide(run, unchanged(all.get(0)), unchanged(all.get(1500)));

		List<PendingItem> pending = readPending(run, false);

		assertThat(all).hasSize(2500);
		assertThat(pending).hasSize(2498).extracting(PendingItem::itemNo).isSorted().doesNotContain(1L, 1501L);
	}

	@Test
	void theItemsOfSomeLinesAreReadAlone() throws Exception {
		AuditRun run = open("input", false);
		importLines(run,
				LongStream.rangeClosed(1, 2500).mapToObj((line) -> id(line, "id-" + line)).toArray(InputLine[]::new));

		PendingItemReader reader = this.ledger.pendingItems(run, new ItemRange(700, 1900L), false);

		assertThat(items(reader)).extracting(PendingItem::itemNo)
			.containsExactlyElementsOf(LongStream.rangeClosed(701, 1900).boxed().toList());
	}

	@Test
	void aJobStoredInAFinalStateNeedsNoCallUnlessRefetched() throws Exception {
		AuditRun run = open("input", false);
		importLines(run, id(1, "finished"), id(2, "failed"), id(3, "executing"), id(4, "never-seen"));
		store(run, "finished", "Finished", "2026-11-01T00:00:00Z");
		store(run, "failed", "Failed", "2026-11-01T00:00:00Z");
		store(run, "executing", "Executing", "2026-11-01T00:00:00Z");

		assertThat(readPending(run, false)).extracting(PendingItem::storedFinal)
			.containsExactly(true, true, false, false);
		assertThat(readPending(run, true)).extracting(PendingItem::storedFinal).containsOnly(false);
	}

	@Test
	void aJobStoredOverAYearAgoIsToldApart() throws Exception {
		AuditRun run = open("input", false);
		importLines(run, id(1, "old"), id(2, "young"), id(3, "undated"), id(4, "never-seen"));
		store(run, "old", "Executing", "2020-01-01T00:00:00Z");
		store(run, "young", "Executing", Instant.now().minus(Duration.ofDays(30)).toString());
		store(run, "undated", "Executing", null);

		assertThat(readPending(run, false)).extracting(PendingItem::storedOverAYear)
			.containsExactly(true, false, false, false);
	}

	@Test
	void anItemIsDecidedOnlyOnce() throws Exception {
		AuditRun run = open("input", false);
		importLines(run, id(1, "a"));
		PendingItem item = readPending(run, false).get(0);
		decide(run, unchanged(item));

		assertThatThrownBy(() -> decide(run, unchanged(item))).isInstanceOf(IllegalStateException.class)
			.hasMessageContaining("only 0 of 1 items");
	}

	@Test
	void aStatementThatDoesNotAddUpSaysWhere() {
		ClosingStatement statement = new ClosingStatement(100, 90, 5, 4, Map.of(Outcome.FETCHED, 80L), 3, 79, 10);

		assertThat(statement.faults()).containsExactly(
				"lines read is 100, but distinct ids + duplicates + malformed is 99",
				"distinct ids is 90, but outcomes + pending is 83", "pending is 3, but what a complete run has is 0",
				"stored jobs is 79, but FETCHED + UNCHANGED + EXPIRED is 80");
		assertThatThrownBy(() -> statement.requireReconciled(new RunId(7))).isInstanceOf(NotReconciledException.class)
			.hasMessageContaining("run 7 does not reconcile");
	}

	@Test
	void theStatementCountsRowsAndNotWhatTheRunSays() throws Exception {
		AuditRun run = open("input", false);
		importLines(run, id(1, "a"), id(2, "b"));
		this.runs.importComplete(run.runId(), 2);
		decide(run, readPending(run, false).stream().map(LedgerTest::unchanged).toArray(FetchedJob[]::new));
		store(run, "a", "Finished", null);
		store(run, "b", "Failed", null);
		assertThat(this.runs.statement(run.runId()).isReconciled()).isTrue();

		this.jdbc.sql("delete from audit.smart_job where job_id = 'b'").update();

		assertThat(this.runs.statement(run.runId()).faults())
			.containsExactly("stored jobs is 1, but FETCHED + UNCHANGED + EXPIRED is 2");
	}

	@Test
	void anUnfinishedRunOfTheSameInputGoesOn() {
		AuditRun first = open("input", false);
		this.runs.end(first.runId(), Runs.RunStatus.FAILED, ExitStatus.UNAVAILABLE);

		AuditRun again = open("input", false);
		AuditRun other = open("other input", false);
		AuditRun fresh = open("input", true);
		this.runs.end(fresh.runId(), Runs.RunStatus.COMPLETED, ExitStatus.COMPLETE);
		AuditRun afterwards = open("input", false);

		assertThat(again).isEqualTo(new AuditRun(first.runId(), ACCOUNT, true));
		assertThat(List.of(other, fresh, afterwards)).extracting(AuditRun::resumed).containsOnly(false);
		assertThat(Stream.of(first, other, fresh, afterwards).map(AuditRun::runId)).doesNotHaveDuplicates();
	}

	@Test
	void anotherRegionOrColumnIsAnotherRun() {
		AuditRun run = open("input", false);

		Runs.RunOpening region = opening("cn-beijing", "input", null, Map.of(), false);
		Runs.RunOpening column = opening("cn-shanghai", "input", "task", Map.of(), false);

		List<AuditRun> first = List.of(run, this.runs.open(region), this.runs.open(column));
		List<AuditRun> again = List.of(open("input", false), this.runs.open(region), this.runs.open(column));

		assertThat(first).extracting(AuditRun::runId).doesNotHaveDuplicates();
		assertThat(again).extracting(AuditRun::runId).isEqualTo(first.stream().map(AuditRun::runId).toList());
		assertThat(again).extracting(AuditRun::resumed).containsOnly(true);
	}

	@Test
	void theLastImportedLineIsOfItemsAndRejectedLines() {
		AuditRun run = open("input", false);
		assertThat(this.runs.lastImportedLine(run.runId())).isZero();

		importLines(run, id(2, "a"), malformed(3));
		assertThat(this.runs.lastImportedLine(run.runId())).isEqualTo(3);
		importLines(run, malformed(4), id(7, "b"));
		assertThat(this.runs.lastImportedLine(run.runId())).isEqualTo(7);
	}

	@Test
	void aSecondRunOfAnAccountIsToldWhoHoldsTheLock() throws Exception {
		assertThatThrownBy(() -> this.ledger.lock(ACCOUNT)).isInstanceOf(RunLock.RunLockedException.class)
			.hasMessageContaining("process " + ProcessHandle.current().pid())
			.hasMessageContaining("since 20");
		this.ledger.lock(new Account("another account")).close();

		this.lock.close();

		this.lock = this.ledger.lock(ACCOUNT);
	}

	@Test
	void nothingIsWrittenOnceTheLocksConnectionIsGone() {
		AuditRun run = open("input", false);
		this.jdbc.sql(
				"select pg_terminate_backend(pid, 10000) from pg_stat_activity where application_name like 'job-audit run%'"
						+ " and datname = current_database()")
			.query(Boolean.class)
			.single();

		assertThatThrownBy(() -> importLines(run, id(1, "a"))).isInstanceOf(RunLock.RunLockLostException.class);
		assertThat(items("job_id")).isEmpty();
	}

	@Test
	void usageIsReadAsItWasWritten() {
		AuditRun run = open("input", false);

		ApiUsage usage = new ApiUsage(11, 2, 4, Duration.ofMillis(450), Duration.ofSeconds(3));
		this.runs.usage(run.runId()).write(usage);

		assertThat(this.jdbc
			.sql("select api_calls || ',' || api_throttled || ',' || api_retries || ',' || api_waited_ms"
					+ " || ',' || api_fetch_ms from audit.audit_run")
			.query(String.class)
			.single()).isEqualTo("11,2,4,450,3000");
		assertThat(this.runs.usage(run.runId()).read()).isEqualTo(usage);
	}

	@Test
	void theCallsOfPartsAddUpAndTheirTimesByLane() throws Exception {
		AuditRun run = open("input", false);
		importLines(run,
				LongStream.rangeClosed(1, 30).mapToObj((line) -> id(line, "id-" + line)).toArray(InputLine[]::new));
		SharedRuns shared = new SharedRuns(this.jdbc);
		shared.share(run.runId(), 2, 10);

		for (int part = 1; part <= 3; part++) {
			RunPart taken = shared.take(run.runId(), (part > 1) ? 1 : 2, "node").orElseThrow();
			shared.usage(run.runId(), taken)
				.write(new ApiUsage(10 * part, part, 2 * part, Duration.ofMillis(30 * part), Duration.ofSeconds(part)));
			shared.finish(run.runId(), taken);
		}

		assertThat(shared.usage(run.runId())).as("parts 2 and 3 one after the other, part 1 beside them")
			.isEqualTo(new ApiUsage(60, 6, 12, Duration.ofMillis(180), Duration.ofSeconds(5)));
		assertThat(shared.usage(run.runId(), new RunPart(2, ItemRange.ALL)).read())
			.isEqualTo(new ApiUsage(20, 2, 4, Duration.ofMillis(60), Duration.ofSeconds(2)));
	}

	@Test
	void limitsDecideTheExitCodeAndUnreadableComesFirst() {
		ClosingStatement statement = new ClosingStatement(100, 100, 0, 0,
				Map.of(Outcome.UNREADABLE, 1L, Outcome.REFUSED, 1L), 0, 98, 49);

		assertThat(new LimitsProperties(2, null).status(statement)).isEqualTo(ExitStatus.COMPLETE);
		assertThat(new LimitsProperties(1, null).status(statement)).isEqualTo(ExitStatus.TOO_MANY_UNREADABLE);
		assertThat(new LimitsProperties(2, 50.0).status(statement)).as("exactly the limit is tolerated")
			.isEqualTo(ExitStatus.COMPLETE);
		assertThat(new LimitsProperties(2, 49.9).status(statement)).isEqualTo(ExitStatus.LIMIT_PASSED);
		assertThat(new LimitsProperties(1, 49.9).status(statement)).isEqualTo(ExitStatus.TOO_MANY_UNREADABLE);
	}

	private RunLock takeLock() {
		try {
			return this.ledger.lock(ACCOUNT);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private AuditRun open(String fingerprint, boolean fresh) {
		return this.runs.open(opening("cn-shanghai", fingerprint, null, Map.of("a", "b"), fresh));
	}

	private static Runs.RunOpening opening(String region, String fingerprint, @Nullable String idColumn,
			Map<String, String> settings, boolean fresh) {
		CsvFile file = new CsvFile("ids.csv", Path.of("ids.csv"), CsvFormat.STANDARD, fingerprint, 0);
		return new Runs.RunOpening(ACCOUNT, region, new CsvInput("ids.csv", List.of(file), idColumn, fingerprint), null,
				"test", settings, fresh);
	}

	private void importLines(AuditRun run, InputLine... lines) {
		this.ledger.importWriter(run, this.lock).write(Chunk.of(List.of(lines)));
	}

	private void decide(AuditRun run, FetchedJob... jobs) {
		this.ledger.outcomeWriter(run, this.lock).write(Chunk.of(jobs));
	}

	private List<PendingItem> readPending(AuditRun run, boolean refetch) throws Exception {
		return items(this.ledger.pendingItems(run, ItemRange.ALL, refetch));
	}

	private static List<PendingItem> items(PendingItemReader reader) throws Exception {
		List<PendingItem> items = new ArrayList<>();
		for (PendingItem item = reader.read(); item != null; item = reader.read()) {
			items.add(item);
		}
		return items;
	}

	private List<String> items(String expression) {
		return this.jdbc.sql("select " + expression + " from audit.audit_item order by item_no")
			.query((row, number) -> row.getString(1))
			.list();
	}

	private void store(AuditRun run, String id, String state, @Nullable String created) {
		this.jdbc
			.sql("""
					insert into audit.smart_job (account, job_id, state, usage_status, create_time, raw, first_run_id, last_run_id,
					  fetched_at)
					values ('default', :id, :state, 'ABSENT', cast(:created as timestamptz), '{}', :run, :run, now())
					""")
			.param("id", id)
			.param("state", state)
			.param("created", created)
			.param("run", run.runId().value())
			.update();
	}

	private static FetchedJob unchanged(PendingItem item) {
		return new Unchanged(item, NOW);
	}

	private static RequestedId id(long lineNo, String id) {
		return new RequestedId(lineNo, new SmartJobId(id), Map.of());
	}

	private static MalformedLine malformed(long lineNo) {
		return new MalformedLine(lineNo, "bad id", Rejection.BAD_CHARACTER);
	}

}
