package io.jobaudit.upkeep;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import io.jobaudit.Account;
import io.jobaudit.AuditException;
import io.jobaudit.ReportTexts;
import io.jobaudit.RunId;
import io.jobaudit.TestPostgres;
import io.jobaudit.ledger.Ledger;
import io.jobaudit.ledger.RunLock;
import io.jobaudit.report.subject.ReportProperties;
import io.jobaudit.store.SmartJobStores;
import io.jobaudit.store.StoreProperties;
import io.jobaudit.upkeep.UserErasure.ErasedTexts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Alice's texts hold the word secret wherever the schema can hold a text. */
class UserErasureTest {

	private static final Account ACCOUNT = new Account("default");

	private static final String FIGURES = """
			select concat_ws(' ', job_id, state, job_type, error_code, total_tokens, currency, spend_status, spend, booked_at, user_id,
			  audit.group_of(coalesce(group_by, 'user_data.org.unit'), user_id, user_data, labels)) as line from audit.v_booked_job
			union all
			select concat_ws(' ', job_id, change_id, seen_at, reason, tokens, spend, user_id, audit.group_of(group_by, user_id, user_data, labels))
			from audit.v_correction
			union all
			select concat_ws(' ', run_id, job_id, outcome, state, spend, audit.group_of('centre', user_id, user_data, item_labels)) from audit.v_run_job
			union all
			select concat_ws(' ', run_id, label, amount) from audit.v_run_statement
			union all
			select concat_ws(' ', kind, failing, over) from audit.failure_count
			order by 1
			""";

	private final PGSimpleDataSource database = TestPostgres.migratedDatabase();

	private final JdbcClient jdbc = JdbcClient.create(this.database);

	private final Ledger ledger = new Ledger(this.database, new JdbcTemplate(this.database), this.jdbc);

	private final UserErasure erasure = new UserErasure(this.ledger, this.jdbc,
			new TransactionTemplate(new JdbcTransactionManager(this.database)),
			new StoreProperties(ACCOUNT.name(), Path.of("data"), StoreProperties.EmbeddedUse.ALLOW,
					new StoreProperties.Store(StoreProperties.AiResultStorage.DROP, 100, Duration.ofMinutes(5))),
			new ReportProperties(Path.of("reports"), ZoneOffset.UTC, Path.of("none"), "user_data.org.unit",
					Duration.ofHours(24), false, ReportTexts.EN));

	@BeforeEach
	void givenJobsOfAliceAndBobAClosedMonthAndACorrection() {
		sql("""
				insert into audit.audit_run (account, region, status, input_source, input_sha256, lines_read, distinct_ids, duplicates, malformed,
				  started_at, finished_at, exit_code, version, settings, reads_blocks, report_directory)
				select 'default', 'cn-shanghai', 'COMPLETED', 'ids.csv', 'x' || n, 4, 4, 0, 0, '2026-11-01Z', '2026-11-01Z', 0, '1', '{}', n = 1,
				  'reports/run-' || n
				from generate_series(1, 2) n""");
		sql("insert into audit.price values ('default', 'ASR', 'CNY', 0.5, '2026-01-01', null, '2026-01-01Z', null, null)");
		store(1, "alice-open", "alice", "2026-11-03Z", "Failed");
		store(1, "0123456789abcdef0123456789abcdef", "alice", "2026-10-03Z", "Failed");
		store(1, "alice-moved", "alice", "2026-10-04Z", "Finished");
		store(1, "bob-open", "bob", "2026-11-03Z", "Finished");
		sql("""
				insert into audit.audit_item_row (run_id, item_no, job_id, labels, outcome, message, attempts, decided_at)
				select r, row_number() over (partition by r order by job_id), job_id, labels, case r when 1 then 'FETCHED' else 'UNCHANGED' end,
				  case r when 2 then user_id || ' secret message' end, 1, now()
				from audit.smart_job cross join generate_series(1, 2) r""");
		sql("""
				insert into audit.month_close (account, month, zone, starts_at, ends_at, closed_at, closed_by, version, last_change_id, group_by, filed_at)
				values ('default', '2026-10-01', 'UTC', '2026-10-01Z', '2026-11-01Z', '2026-11-02Z', 'f', '1', 0, 'centre', '2026-11-02Z')""");
		sql("""
				insert into audit.closed_job (close_id, job_id, state, job_type, error_code, total_tokens, usage_status, create_time, currency,
				  price_per_1000_tokens, spend_status, spend)
				select 1, job_id, state, job_type, error_code, total_tokens, usage_status, create_time, currency, price_per_1000_tokens, spend_status,
				  spend
				from audit.v_job where create_time < '2026-11-01Z'""");
		sql("update audit.smart_job set state = 'Finished', error_code = null, error_message = null, total_tokens = 3000,"
				+ " fetched_at = '2026-11-10Z' where job_id like '0123%'");
		sql("update audit.smart_job set labels = labels || '{\"centre\": \"moved\"}' where job_id = 'alice-moved'");
		assertThat(this.jdbc.sql("select audit.compact_ledger(1)").query(Long.class).single()).isEqualTo(1);
		assertThat(this.jdbc.sql("select count(*) from audit.v_correction").query(Long.class).single()).isEqualTo(3);
	}

	@Test
	void herTextsAreNowhereAndHerFiguresAndBobsTextsStay() throws SQLException {
		List<String> figures = texts(FIGURES);
		List<String> ofBob = texts("select j::text from audit.smart_job j where user_id = 'bob'");
		assertThat(withTheWord("alice secret")).hasSize(5);

		ErasedTexts erased = this.erasure.erase("alice", false, "9.9");

		assertThat(erased).isEqualTo(new ErasedTexts(3, 2, 2, 6, List.of("centre", "user_data.org.unit"),
				List.of("2026-10"), List.of("reports/run-1", "reports/run-2")));
		assertThat(withTheWord("alice secret")).isEmpty();
		assertThat(texts(FIGURES)).isEqualTo(figures);
		assertThat(texts("select j::text from audit.smart_job j where user_id = 'bob'")).isEqualTo(ofBob);
		assertThat(texts("select labels ->> 'note' from audit.v_item where job_id = 'bob-open'"))
			.containsExactly("bob secret", "bob secret");
		assertThat(texts("select raw || labels from audit.smart_job where job_id = 'alice-open'"))
			.containsExactly("{\"centre\": \"c1\"}");
		assertThat(texts(
				"select concat_ws(' ', user_id, kept, erased_by, version, jobs, booked_jobs, changes, ids) from audit.erasure"))
			.containsExactly("alice {centre,user_data.org.unit} %s, postgres 9.9 3 2 2 6"
				.formatted(System.getProperty("user.name")));
	}

	@Test
	void aDryRunCountsTheSameAndChangesNothing() throws SQLException {
		List<String> before = everything();

		ErasedTexts planned = this.erasure.erase("alice", true, "9.9");

		assertThat(everything()).isEqualTo(before);
		assertThat(planned).isEqualTo(this.erasure.erase("alice", false, "9.9"));
		assertThat(this.erasure.erase("alice", false, "9.9").jobs()).as("nothing is left").isZero();
	}

	@Test
	void aJobThatIsFetchedAgainDoesNotBringTheTextsBackButItsStateAndTrail() throws SQLException {
		this.erasure.erase("alice", false, "9.9");
		long changes = changes();

		store(2, "alice-open", "alice", "2026-11-03Z", "Finished");
		store(2, "alice-late", "alice", "2026-11-04Z", "Failed");
		this.jdbc
			.sql("update audit.smart_job set labels = labels || '{\"note\": \"alice secret\"}' where user_id = 'alice'")
			.update();

		assertThat(withTheWord("alice secret")).isEmpty();
		assertThat(texts(
				"select concat_ws(' ', job_id, state, labels, erased_at is not null, last_run_id) from audit.smart_job"
						+ " where job_id in ('alice-open', 'alice-late') order by 1"))
			.containsExactly("alice-late Failed {\"centre\": \"c1\"} t 2",
					"alice-open Finished {\"centre\": \"c1\"} t 2");
		assertThat(changes() - changes).as("of the state").isEqualTo(1);
	}

	@Test
	void aJobThatWasCreatedAfterTheErasureIsStoredAsAnyOther() throws SQLException {
		this.erasure.erase("alice", false, "9.9");

		store(2, "alice-new", "alice", Instant.now().plusSeconds(60).toString(), "Finished");

		assertThat(texts("select concat_ws(' ', title, erased_at) from audit.smart_job where job_id = 'alice-new'"))
			.containsExactly("alice secret");
	}

	@Test
	void anErasedAnswerIsNotReadAgain() throws SQLException {
		this.erasure.erase("alice", false, "9.9");

		assertThat(new SmartJobStores(new JdbcTemplate(this.database)).rows(ACCOUNT).page(null, "", 10))
			.extracting((row) -> row.job().jobId().value())
			.containsExactly("bob-open");
		assertThat(new SmartJobStores(new JdbcTemplate(this.database)).rows(ACCOUNT).page(new RunId(2), "", 10))
			.extracting((row) -> row.job().jobId().value())
			.containsExactly("bob-open");
	}

	@Test
	void aRunThatIsGoingOnAndAnUnknownUserAreRefused() throws SQLException {
		assertThatThrownBy(() -> this.erasure.erase("carol", false, "9.9")).isInstanceOf(AuditException.class)
			.hasMessage("account default has no job of user carol");
		try (RunLock lock = this.ledger.lock(ACCOUNT)) {
			assertThatThrownBy(() -> this.erasure.erase("alice", false, "9.9"))
				.isInstanceOf(RunLock.RunLockedException.class);
			this.ledger.requireHeld(lock);
		}
		assertThat(texts("select user_id from audit.erasure")).isEmpty();
	}

	/** As an answer is stored, with a text in each column that can hold one. */
	private void store(long run, String job, String user, String created, String state) {
		this.jdbc
			.sql("""
					insert into audit.smart_job (account, job_id, state, job_type, error_code, error_message, total_tokens, usage_status, title,
					  description, user_id, user_data, input_file, output_bucket, output_object, media_id, media_url, output, editing_config,
					  job_parameters, create_time, request_id, ai_result_sha256, raw, anomalies, labels, first_run_id, last_run_id, fetched_at)
					values ('default', :job, :state, 'ASR', case :state when 'Failed' then 'E' end, :secret, 1000, 'REPORTED', :secret, :secret,
					  :user, '{"org": {"unit": "u7", "name": "' || :secret || '"}}', :secret, :secret, :secret, :secret, :secret, :secret, :secret,
					  :secret, cast(:created as timestamptz), 'request', :secret, jsonb_build_object('a', :secret),
					  jsonb_build_array(:secret), jsonb_build_object('centre', 'c1', 'note', :secret), :run, :run, cast(:fetched as timestamptz))
					on conflict (account, job_id) do update set state = excluded.state, error_code = excluded.error_code,
					  error_message = excluded.error_message, title = excluded.title, description = excluded.description,
					  user_id = excluded.user_id, user_data = excluded.user_data, raw = excluded.raw, output = excluded.output,
					  labels = smart_job.labels || excluded.labels, last_run_id = excluded.last_run_id, fetched_at = excluded.fetched_at
					""")
			.param("job", job)
			.param("user", user)
			.param("secret", user + " secret")
			.param("state", state)
			.param("created", created)
			.param("run", run)
			.param("fetched", "2026-11-0" + (4 + run) + "Z")
			.update();
	}

	/** Tables that have a text. */
	private List<String> withTheWord(String text) {
		List<String> tables = texts("select oid::regclass::text from pg_class where relkind in ('r', 'v', 'p')"
				+ " and relnamespace = 'audit'::regnamespace and not relispartition and relname not in ('v_job', 'v_item')"
				+ " and relname !~ '^(v_|listed)' and relname <> 'audit_item'");
		List<String> with = new ArrayList<>();
		for (String table : tables) {
			if (this.jdbc.sql("select exists (select from " + table + " t where t::text like '%' || :text || '%')")
				.param("text", text)
				.query(Boolean.class)
				.single()) {
				with.add(table);
			}
		}
		return with;
	}

	private long changes() {
		return this.jdbc.sql("select count(*) from audit.smart_job_change").query(Long.class).single();
	}

	private List<String> everything() {
		List<String> rows = new ArrayList<>();
		for (String table : List.of("audit.smart_job", "audit.closed_job", "audit.smart_job_change", "audit.v_item",
				"audit.erasure")) {
			rows.addAll(texts("select t::text from " + table + " t order by 1"));
		}
		return rows;
	}

	private void sql(String statement) {
		this.jdbc.sql(statement).update();
	}

	private List<String> texts(String sql) {
		return this.jdbc.sql(sql).query((row, number) -> row.getString(1)).list();
	}

}
