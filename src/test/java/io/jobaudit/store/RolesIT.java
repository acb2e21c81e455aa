package io.jobaudit.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.jobaudit.OwnServer;
import io.jobaudit.cli.AuditProcess;
import io.jobaudit.cli.AuditProcess.Ended;
import io.jobaudit.simulator.Simulator;
import io.jobaudit.simulator.SimulatorOptions;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What each role of {@code sql/roles.sql} may do, found out by logging in: on a server of
 * its own, because roles are the whole server's.
 */
class RolesIT {

	private static final String BEFORE = "roles_before_migration";

	private static final String AFTER = "roles_after_migration";

	/** As {@link #AFTER}, on a server where nobody of ours is a superuser. */
	private static final String MANAGED = "roles_without_superuser";

	private static final String UNMIGRATED = "roles_only";

	private static final String FRESH = "roles_first";

	@TempDir
	private static Path data = Path.of("");

	@SuppressWarnings("NullAway.Init") // started before all tests
	private static OwnServer server;

	@TempDir
	private Path directory = Path.of("");

	@BeforeAll
	static void applyInBothOrders() throws Exception {
		server = OwnServer.start(data);
		execute(superuser("postgres"), "create role administrator login createrole createdb password 'secret'");
		for (String database : List.of(BEFORE, AFTER, MANAGED, UNMIGRATED)) {
			execute(administrator("postgres"), "create database " + database);
		}
		applyRoles(administrator(BEFORE));
		applyRoles(administrator(UNMIGRATED));
		for (String role : List.of("owner", "writer", "reader")) {
			execute(administrator(BEFORE), "alter role job_audit_" + role + " password 'secret'");
		}
		migrate(role("owner", BEFORE));
		migrate(superuser(AFTER));
		applyRoles(superuser(AFTER));
		applyRoles(superuser(AFTER));
		migrate(administrator(MANAGED));
		applyRoles(administrator(MANAGED));
		applyRoles(administrator(MANAGED));
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { BEFORE, AFTER, MANAGED })
	void everyTableViewAndSequenceHasItsRightsWhicheverOrderWasTaken(String database) {
		assertThat(rights(database)).isEqualTo(Map.ofEntries(Map.entry("audit.api_turn", "writer INSERT SELECT UPDATE"),
				Map.entry("audit.audit_input", "writer INSERT SELECT"),
				Map.entry("audit.audit_item", "writer INSERT SELECT UPDATE"), Map.entry("audit.audit_item_block", ""),
				Map.entry("audit.listed_or_named", ""),
				Map.entry("audit.audit_item_row", "writer INSERT SELECT UPDATE"),
				Map.entry("audit.audit_listed_job", "writer DELETE INSERT SELECT"),
				Map.entry("audit.audit_listing", "writer INSERT SELECT"),
				Map.entry("audit.audit_night", "writer INSERT SELECT UPDATE"),
				Map.entry("audit.audit_night_account", "writer INSERT SELECT UPDATE"),
				Map.entry("audit.audit_part", "writer INSERT SELECT UPDATE"),
				Map.entry("audit.audit_rejected_line", "writer INSERT SELECT"),
				Map.entry("audit.audit_run", "writer INSERT SELECT UPDATE"),
				Map.entry("audit.closed_file", "writer INSERT SELECT"), Map.entry("audit.erasure", ""),
				Map.entry("audit.closed_job", "writer INSERT SELECT"),
				Map.entry("audit.flyway_schema_history", "writer SELECT"),
				Map.entry("audit.month_close", "writer INSERT SELECT"), Map.entry("audit.failure_count", ""),
				Map.entry("audit.price", "writer DELETE INSERT SELECT"),
				Map.entry("audit.scheduled_tasks", "writer DELETE INSERT SELECT UPDATE"),
				Map.entry("audit.smart_job", "writer INSERT SELECT UPDATE"), Map.entry("audit.smart_job_change", ""),
				Map.entry("audit.v_booked_job", "reader SELECT, writer SELECT"),
				Map.entry("audit.v_change", "reader SELECT, writer SELECT"),
				Map.entry("audit.v_completeness", "reader SELECT, writer SELECT"),
				Map.entry("audit.v_completeness_gap", "reader SELECT, writer SELECT"),
				Map.entry("audit.v_correction", "reader SELECT, writer SELECT"),
				Map.entry("audit.v_failure", "reader SELECT, writer SELECT"),
				Map.entry("audit.v_item", "writer SELECT"), Map.entry("audit.v_job", "reader SELECT, writer SELECT"),
				Map.entry("audit.v_month_close", "reader SELECT, writer SELECT"),
				Map.entry("audit.v_price", "reader SELECT, writer SELECT"),
				Map.entry("audit.v_recovery", "reader SELECT, writer SELECT"),
				Map.entry("audit.v_run_count", "reader SELECT, writer SELECT"),
				Map.entry("audit.v_run_job", "reader SELECT, writer SELECT"),
				Map.entry("audit.v_run_spend", "reader SELECT, writer SELECT"),
				Map.entry("audit.v_run_statement", "reader SELECT, writer SELECT"),
				Map.entry("batch.batch_job_execution", "writer INSERT SELECT UPDATE"),
				Map.entry("batch.batch_job_execution_context", "writer INSERT SELECT UPDATE"),
				Map.entry("batch.batch_job_execution_params", "writer INSERT SELECT"),
				Map.entry("batch.batch_job_execution_seq", "writer USAGE"),
				Map.entry("batch.batch_job_instance", "writer INSERT SELECT"),
				Map.entry("batch.batch_job_instance_seq", "writer USAGE"),
				Map.entry("batch.batch_step_execution", "writer INSERT SELECT UPDATE"),
				Map.entry("batch.batch_step_execution_context", "writer INSERT SELECT UPDATE"),
				Map.entry("batch.batch_step_execution_seq", "writer USAGE")));
		assertThat(strangersPossessions(database)).isEmpty();
	}

	@Test
	void theWriterRunsAndResumesTheWholeJobAndChangesLeaveTheirTrail() throws Exception {
		Path ids = Files.writeString(this.directory.resolve("ids.csv"),
				"0a1b2c3d4e5f\n0a1b2c3d4e5f\nno id\nunknown-1\n");

		try (Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
			Ended first = writerProcess(simulator, MANAGED).run("run", "--ids", ids.toString());
			execute(superuser(MANAGED), "update audit.audit_run set status = 'RUNNING'");
			execute(superuser(MANAGED), "update batch.batch_job_execution set status = 'STARTED', end_time = null");
			Ended resumed = writerProcess(simulator, MANAGED).run("run", "--ids", ids.toString());
			execute(superuser(MANAGED), "update audit.smart_job set state = 'Executing', job_type = null");
			Ended second = writerProcess(simulator, MANAGED).run("run", "--ids", ids.toString());

			assertThat(first.exitCode()).as(first.err()).isZero();
			assertThat(resumed.exitCode()).as(resumed.err()).isZero();
			assertThat(resumed.out()).contains("Run 1 is complete");
			assertThat(second.exitCode()).as(second.err()).isZero();
			assertThat(JdbcClient.create(superuser(MANAGED))
				.sql("select old_state from audit.smart_job_change where run_id = 2")
				.query(String.class)
				.list()).containsExactly("Executing");
		}
	}

	@Test
	void theWriterLoadsPricesAndClosesAndReopensAMonth() throws Exception {
		Path ids = Files.writeString(this.directory.resolve("ids.csv"), "0a1b2c3d4e5f\n");
		Files.writeString(Files.createDirectory(this.directory.resolve("config")).resolve("prices.csv"),
				"job_type,currency,price_per_1000_tokens,valid_from,valid_to,note\nASR,CNY,0.01,2026-01-01,,\n");

		try (Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
			AuditProcess writer = writerProcess(simulator, AFTER);
			for (List<String> command : List.of(List.of("run", "--ids", ids.toString()), List.of("close", "2026-10"),
					List.of("report", "--month", "2026-10"), List.of("close", "2026-10", "--reopen", "--reason", "x"),
					List.of("close", "2026-10"))) {
				Ended ended = writer.run(command.toArray(String[]::new));
				assertThat(ended.exitCode()).as("%s: %s", command, ended.err()).isZero();
			}
			assertThat(JdbcClient.create(superuser(AFTER))
				.sql("select count(filed_at) || ' ' || count(reopened_at) from audit.month_close")
				.query(String.class)
				.single()).isEqualTo("2 1");
		}
	}

	/** Whatever a role types that may not migrate, it learns which role runs what. */
	@ParameterizedTest
	@CsvSource({ "writer, run --ids IDS", "writer, preview --limit 0 --ids IDS", "writer, runs", "writer, migrate",
			"writer, doctor", "reader, runs", "reader, doctor" })
	void aDatabaseWithoutTablesIsLeftAloneAndTheMigrationIsNamed(String role, String command) throws Exception {
		Path ids = Files.writeString(this.directory.resolve("ids.csv"), "0a1b2c3d4e5f\n");

		try (Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
			Ended ended = process(simulator, role(role, UNMIGRATED))
				.run(command.replace("IDS", ids.toString()).split(" "));

			assertThat(ended.exitCode()).as(ended.err()).isEqualTo(77);
			assertThat(ended.err() + ended.out())
				.contains("the database has no tables of this release (version ",
						" needed, none there): run job-audit migrate"
								+ " as their owner, job_audit_owner, or set SPRING_FLYWAY_USER")
				.doesNotContain("permission denied", "rights  ", "ERROR");
			assertThat(simulator.statistics().calls()).isEqualTo(command.equals("doctor") ? 1 : 0);
		}
	}

	@Test
	void theOwnerMigratesAndSaysFromWhereToWhere() throws Exception {
		execute(administrator("postgres"), "create database " + FRESH);
		applyRoles(administrator(FRESH));
		try (Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
			AuditProcess owner = process(simulator, role("owner", FRESH));
			Ended pending = owner.run("migrate", "--dry-run");
			Ended ofWriter = process(simulator, role("writer", FRESH)).run("migrate", "--dry-run");
			boolean untouched = rights(FRESH).isEmpty();
			Ended figures = owner.run("migrate", "--dry-run", "--json");
			Ended migrated = owner.run("migrate");
			Ended again = owner.run("migrate", "--dry-run");
			Ended writer = process(simulator, role("writer", FRESH)).run("migrate");

			assertThat(pending.exitCode()).as(pending.err()).isZero();
			assertThat(pending.out()).contains("the database has no tables of this release", "\n  1    batch\n",
					"room on the disk of the database  little", "job_audit_owner, as now");
			assertThat(ofWriter.out()).contains("job_audit_owner; this is job_audit_writer");
			JsonNode json = JsonMapper.shared().readTree(figures.out());
			assertThat(json.get("found").isNull()).isTrue();
			assertThat(json.get("pending").get(0).get("description").stringValue()).isEqualTo("batch");
			assertThat(json.get("role").stringValue()).isEqualTo("job_audit_owner");
			assertThat(json.get("mayMigrate").booleanValue()).isTrue();
			assertThat(untouched).as("the dry run writes nothing").isTrue();
			assertThat(migrated.out())
				.matches("Migrated from nothing to version \\d+: \\d+ migrations in \\d+\\.\\d s\\.\\R");
			assertThat(rights(FRESH)).isEqualTo(rights(BEFORE));
			assertThat(again.out()).startsWith("Nothing to migrate: the database has the tables of this release");
			assertThat(writer.out()).isEqualTo(again.out());
			assertThat(List.of(migrated.exitCode(), again.exitCode(), writer.exitCode())).containsOnly(0);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "drop table audit.smart_job", "drop schema audit cascade", "truncate audit.audit_item_row",
			"truncate audit.audit_item_block", "truncate audit.smart_job_change", "delete from audit.audit_run",
			"delete from audit.audit_item_row", "select * from audit.audit_item_block",
			"select audit.drop_purged_parts()", "select audit.show_blocks(true)",
			"delete from audit.audit_rejected_line", "delete from audit.audit_listing",
			"update audit.audit_listed_job set state = ''", "delete from audit.smart_job",
			"delete from audit.smart_job_change", "update audit.smart_job_change set new_total_tokens = 0",
			"select * from audit.smart_job_change",
			"insert into audit.smart_job_change (account, job_id, run_id, changed_at, old_usage_status, new_usage_status)"
					+ " values ('a', 'b', 1, now(), 'ABSENT', 'ABSENT')",
			"update audit.audit_rejected_line set reason = ''", "update audit.flyway_schema_history set checksum = 0",
			"insert into audit.flyway_schema_history (installed_rank) values (0)",
			"delete from batch.batch_job_execution", "update batch.batch_job_instance set job_name = ''",
			"alter table audit.smart_job disable trigger all", "alter table audit.smart_job add column x integer",
			"create index on audit.audit_item_row (code)",
			"create or replace view audit.v_run_count as select 1 as run_id", "create table audit.x (y integer)",
			"create table batch.x (y integer)", "create table public.x (y integer)", "create schema x", "create role x",
			"set role job_audit_owner", "alter role job_audit_reader superuser",
			"alter function audit.log_smart_job_change() security invoker", "select * from audit.erasure",
			"delete from audit.erasure", "create function audit.x() returns integer language sql return 1",
			"copy audit.smart_job to program 'cat'", "copy audit.smart_job to '/tmp/x'",
			"select pg_read_file('postgresql.conf')", "select * from pg_authid", "select lo_import('/etc/passwd')",
			"alter system set fsync = off", "update audit.closed_job set spend = 0", "delete from audit.closed_job",
			"update audit.closed_file set content = ''", "delete from audit.closed_file",
			"delete from audit.month_close", "update audit.month_close set closed_at = now()",
			"update audit.month_close set last_change_id = 0", "truncate audit.price",
			"update audit.price set price_per_1000_tokens = 0" })
	void theWriterIsRefused(String sql) {
		assertRefused(role("writer", BEFORE), sql);
	}

	@ParameterizedTest
	@ValueSource(strings = { "audit.v_run_job", "audit.v_run_count", "audit.v_run_statement", "audit.v_job",
			"audit.v_booked_job", "audit.v_completeness", "audit.v_completeness_gap", "audit.v_correction",
			"audit.v_change", "audit.v_failure", "audit.v_recovery", "audit.v_price", "audit.v_run_spend",
			"audit.v_month_close" })
	void theReaderSeesTheViews(String view) {
		assertThat(JdbcClient.create(role("reader", AFTER)).sql("select count(*) from " + view).query().singleValue())
			.isInstanceOf(Long.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "reader", "writer", "owner" })
	void everyRoleReconcilesABill(String role) throws Exception {
		Path bill = Files.writeString(this.directory.resolve("bill.csv"),
				"BillingCycle,BillingItem,PretaxAmount,Currency\n2026-10,ASR,1.5,CNY\n");

		try (Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
			Ended ended = process(simulator, role(role, BEFORE)).run("reconcile", "2026-10", "--bill", bill.toString());

			assertThat(ended.exitCode()).as(ended.err()).isEqualTo(2);
			assertThat(ended.out()).contains("Unexplained: 1 of 1 lines", "reconciliation.xlsx");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "select raw from audit.smart_job", "select * from audit.audit_item",
			"select * from audit.audit_run", "select * from audit.audit_rejected_line",
			"select * from audit.smart_job_change", "select * from audit.closed_file",
			"select * from audit.flyway_schema_history", "select * from batch.batch_job_execution_params",
			"select nextval('batch.batch_job_instance_seq')", "insert into audit.audit_run (account) values ('x')",
			"create table audit.x (y integer)", "create temporary table x (y integer)", "set role job_audit_writer",
			"select audit.refresh_statistics()" })
	void theReaderIsRefused(String sql) {
		assertRefused(role("reader", AFTER), sql);
	}

	@ParameterizedTest
	@ValueSource(strings = { BEFORE, AFTER, MANAGED })
	void theOwnerIsNoSuperuserAndEveryFunctionWorksForIt(String database) throws Exception {
		JdbcClient owner = JdbcClient.create(role("owner", database));
		String period = "'a', '2026-01-01', '2026-02-01'";
		Map<String, String> calls = new HashMap<>(Map.of("database_identity", "()", "next_run_id", "()", "report_job",
				"(null, %s)".formatted(period), "report_booking", "(null, %s)".formatted(period), "unreadable_item",
				"(null, %s)".formatted(period), "expiring_job", "(null, %s, '2026-02-01')".formatted(period),
				"seen_failure", "(null, null, %s, '2025-12-01')".formatted(period), "failure_kind",
				"(null, null, %s, '2025-12-01')".formatted(period), "spend_status", "('Finished', 1, 0.5)", "group_of",
				"('user_data.a', 'u', '{\"a\": 1}', '{}')"));
		calls.putAll(Map.of("report_correction", "(null, %s)".formatted(period), "corrected_job",
				"(%s)".formatted(period), "compact_ledger", "(1)", "show_blocks", "(false)", "add_ledger_parts", "(1)",
				"drop_purged_parts", "()", "failure_key", "('ASR', 'NoVoice')", "count_failure",
				"('a', 1, 'ASR', null, 1, 0, now())", "refresh_statistics", "()"));
		calls.put("correction", "(null, null)");
		calls.put("last_run", "('a')");
		calls.putAll(Map.of("job_in_run", "('a', 'b', 50)", "only_labels", "('{}', '{}')", "only_groups",
				"('{}', '{user_data.a}')", "reconciliation", "(%s, '[]', 'CNY')".formatted(period), "budget_use",
				"('a', null, '2026-01-01', '2026-02-01', '2026-02-01', 'UTC', 'team', '[]')", "earlier_run", "(1)",
				"newly_failed", "('a', 1)", "compared_figure", "(1, '[]')", "spend_line",
				"(null, %s, 'UTC', 'team')".formatted(period), "spend_movement",
				"(null, %s, '2025-12-01', 'team')".formatted(period)));

		assertThat(
				owner.sql("select rolsuper or rolcreaterole or rolcreatedb from pg_roles where rolname = current_user")
					.query(Boolean.class)
					.single())
			.isFalse();
		assertThat(owner
			.sql("select proname from pg_proc where pronamespace = 'audit'::regnamespace"
					+ " and prorettype <> 'trigger'::regtype and proname <> 'log_smart_job_change'")
			.query(String.class)
			.list()).containsExactlyInAnyOrderElementsOf(calls.keySet());
		for (Map.Entry<String, String> call : calls.entrySet()) {
			execute(role("owner", database), "select * from audit." + call.getKey() + call.getValue());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "pg_advisory_lock", "pg_advisory_lock_shared", "pg_try_advisory_lock",
			"pg_try_advisory_lock_shared", "pg_advisory_xact_lock", "pg_advisory_xact_lock_shared",
			"pg_try_advisory_xact_lock", "pg_try_advisory_xact_lock_shared" })
	void onlyWhoRunsAndMigratesTakesTheLockOfARun(String function) throws Exception {
		for (String key : List.of("(1785684577, hashtext('default'))", "(1785684578)")) {
			assertRefused(role("reader", AFTER), "select " + function + key);
			execute(role("writer", AFTER), "select " + function + key);
			execute(role("owner", AFTER), "select " + function + key);
		}
	}

	@Test
	void theWriterRefreshesStatisticsOfTablesThatItDoesNotOwn() throws Exception {
		execute(superuser(AFTER), "alter table audit.smart_job set (autovacuum_enabled = false)");
		execute(superuser(AFTER),
				"""
						with run as (
						  insert into audit.audit_run (account, region, status, input_source, input_sha256, started_at, version, settings)
						  values ('many', 'r', 'COMPLETED', 's', 'h', now(), '1', '{}') returning run_id)
						insert into audit.smart_job (account, job_id, usage_status, raw, first_run_id, last_run_id, fetched_at)
						select 'many', 'j' || n, 'ABSENT', '{}', run_id, run_id, now() from run, generate_series(1, 10000) n
						""");

		execute(role("writer", AFTER), "select audit.refresh_statistics()");

		assertThat(JdbcClient.create(superuser(AFTER))
			.sql("select reltuples from pg_class where oid = 'audit.smart_job'::regclass")
			.query(Integer.class)
			.single()).isGreaterThanOrEqualTo(10_000);
		execute(superuser(AFTER), "delete from audit.smart_job where account = 'many'");
		execute(superuser(AFTER), "delete from audit.audit_run where account = 'many'");
	}

	@Test
	void theOwnerHasNothingOutsideItsSchemas() {
		assertRefused(role("owner", BEFORE), "create schema x");
		assertRefused(role("owner", BEFORE), "create table public.x (y integer)");
		assertRefused(role("owner", BEFORE), "create role x");
	}

	@Test
	void theWriterGivesUpARunTheReaderLooksItsJobUpAndTheOwnerErasesItsUser() throws Exception {
		execute(superuser(BEFORE),
				"""
						with run as (
						  insert into audit.audit_run (account, region, status, input_source, input_sha256, started_at, version, settings)
						  values ('given-up', 'r', 'RUNNING', 's', 'h', now(), '1', '{}') returning run_id),
						item as (
						  insert into audit.audit_item_row (run_id, item_no, job_id, outcome, request_id)
						  select run_id, 1, 'j-1', 'FETCHED', 'request-1' from run)
						insert into audit.smart_job (account, job_id, user_id, title, usage_status, raw, first_run_id, last_run_id, fetched_at)
						select 'given-up', 'j-1', 'u-1', 'a text', 'ABSENT', '{}', run_id, run_id, now() from run""");
		String run = JdbcClient.create(superuser(BEFORE))
			.sql("select run_id::text from audit.audit_run where account = 'given-up'")
			.query(String.class)
			.single();
		try (Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
			Ended refused = process(simulator, role("reader", BEFORE)).setting("audit.account", "given-up")
				.run("runs", "abandon", run);
			Ended abandoned = process(simulator, role("writer", BEFORE)).setting("audit.account", "given-up")
				.run("runs", "abandon", run);
			Ended job = process(simulator, role("reader", BEFORE)).setting("audit.account", "given-up")
				.run("runs", "job", "j-1");
			Ended erased = process(simulator, role("owner", BEFORE)).setting("audit.account", "given-up")
				.run("erase", "--user", "u-1");

			assertThat(refused.exitCode()).as(refused.err()).isEqualTo(77);
			assertThat(abandoned.exitCode()).as(abandoned.err()).isZero();
			assertThat(job.exitCode()).as(job.err()).isZero();
			assertThat(job.out()).contains("request id request-1");
			assertThat(erased.exitCode()).as(erased.err()).isZero();
			assertThat(JdbcClient.create(superuser(BEFORE))
				.sql("select concat_ws(' ', erased_by, jobs, title) from audit.erasure join audit.smart_job using (account)")
				.query(String.class)
				.single()).isEqualTo(System.getProperty("user.name") + ", job_audit_owner 1");
		}
	}

	/** The commands of README that use the database, and who may run them. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			run --ids IDS                         | 0 | 0 | 77
			preview --limit 0 --ids IDS           | 0 | 0 | 77
			report --month 2026-01                | 0 | 0 | 77
			runs                                  | 0 | 0 | 77
			doctor                                | 0 | 0 | 77
			migrate                               | 0 | 0 | 77
			migrate --dry-run                     | 0 | 0 | 77
			config show                           | 0 | 0 | 0
			config check                          | 0 | 0 | 0
			renormalize                           | 0 | 0 | 77
			close 2026-01                         | 0 | 0 | 77
			purge --older-than 400d --dry-run     | 0 | 77 | 77
			purge --older-than 400d               | 0 | 77 | 77
			runs abandon 999                      | 65 | 65 | 77
			runs job 0a1b2c3d4e5f                 | 65 | 65 | 65
			erase --user nobody                   | 65 | 77 | 77
			erase --user nobody --dry-run         | 65 | 77 | 77
			""")
	void everyCommandRunsAsTheRolesThatMayAndNamesThemToTheOthers(String command, int owner, int writer, int reader)
			throws Exception {
		Path ids = Files.writeString(this.directory.resolve("ids.csv"), "0a1b2c3d4e5f\n");
		String[] words = command.replace("IDS", ids.toString()).split(" ");
		int account = 0;
		try (Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
			for (Map.Entry<String, Integer> role : Map.of("owner", owner, "writer", writer, "reader", reader)
				.entrySet()) {
				Ended ended = new AuditProcess(this.directory).database(role(role.getKey(), BEFORE))
					.key("simulator", "simulator-secret")
					.setting("audit.api.region", "cn-shanghai")
					.setting("audit.api.endpoint", simulator.endpoint())
					.setting("audit.account", "matrix-" + role.getKey() + words[0] + account++)
					.setting("audit.report.directory", "reports-" + role.getKey())
					.run(words);

				assertThat(ended.exitCode()).as("%s as %s: %s", command, role.getKey(), ended.err())
					.isEqualTo(role.getValue());
				if (role.getValue() == 77) {
					assertThat(ended.err() + ended.out()).as("%s as %s", command, role.getKey())
						.contains("job_audit_" + (command.matches("(purge|erase).*") && role.getKey().equals("writer")
								? "owner" : ""));
				}
			}
		}
	}

	private static void applyRoles(PGSimpleDataSource database) throws Exception {
		execute(database, Files.readString(Path.of("sql/roles.sql")));
		execute(database, Files.readString(Path.of("sql/migration/R__rights.sql")));
		execute(database, Files.readString(Path.of("sql/migration/afterMigrate__rights.sql")));
	}

	/** As the program does when it starts. */
	private static void migrate(PGSimpleDataSource database) {
		Flyway.configure()
			.dataSource(database)
			.locations("classpath:sql/migration")
			.defaultSchema("audit")
			.schemas("audit", "batch")
			.load()
			.migrate();
	}

	private AuditProcess writerProcess(Simulator simulator, String database) {
		return process(simulator, role("writer", database));
	}

	private AuditProcess process(Simulator simulator, PGSimpleDataSource database) {
		return new AuditProcess(this.directory).database(database)
			.key("simulator", "simulator-secret")
			.setting("audit.api.region", "cn-shanghai")
			.setting("audit.api.endpoint", simulator.endpoint());
	}

	/** Relation to what roles other than its owner may do. */
	private static Map<String, String> rights(String database) {
		return JdbcClient.create(superuser(database))
			.sql("""
					select relation, coalesce(string_agg(grantee || ' ' || rights, ', ' order by grantee), '') as rights
					from (
					  select c.oid::regclass::text as relation,
					    case a.grantee when 0 then 'public' else replace(pg_get_userbyid(a.grantee), 'job_audit_', '') end as grantee,
					    string_agg(a.privilege_type, ' ' order by a.privilege_type) as rights
					  from pg_class c
					  left join lateral aclexplode(c.relacl) a on a.grantee <> c.relowner
					  where c.relnamespace in ('audit'::regnamespace, 'batch'::regnamespace) and c.relkind in ('r', 'p', 'v', 'S')
					  and not c.relispartition
					  and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'i' and c.relkind = 'S')
					  group by c.oid, a.grantee) as by_grantee
					group by relation
					""")
			.query((row, number) -> Map.entry(row.getString("relation"), row.getString("rights")))
			.list()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
	}

	/** What lies in our schemas and is not the owner's. */
	private static List<String> strangersPossessions(String database) {
		return JdbcClient.create(superuser(database)).sql("""
				select c.oid::regclass::text from pg_class c
				where c.relnamespace in ('audit'::regnamespace, 'batch'::regnamespace)
				and c.relowner <> 'job_audit_owner'::regrole
				union all
				select p.oid::regprocedure::text from pg_proc p
				where p.pronamespace in ('audit'::regnamespace, 'batch'::regnamespace)
				and p.proowner <> 'job_audit_owner'::regrole
				""").query((row, number) -> row.getString(1)).list();
	}

	private static void assertRefused(PGSimpleDataSource database, String sql) {
		assertThatThrownBy(() -> execute(database, sql)).isInstanceOfSatisfying(SQLException.class,
				(ex) -> assertThat(ex.getSQLState()).as(ex.getMessage()).isEqualTo("42501"));
	}

	private static void execute(PGSimpleDataSource database, String sql) throws SQLException {
		try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private static PGSimpleDataSource role(String name, String database) {
		return login("job_audit_" + name, "secret", database);
	}

	private static PGSimpleDataSource superuser(String database) {
		return login("postgres", server.password(), database);
	}

	/** As the administrator of a managed service. */
	private static PGSimpleDataSource administrator(String database) {
		return login("administrator", "secret", database);
	}

	private static PGSimpleDataSource login(String user, String password, String database) {
		PGSimpleDataSource login = new PGSimpleDataSource();
		login.setUrl(server.url());
		login.setDatabaseName(database);
		login.setUser(user);
		login.setPassword(password);
		return login;
	}

}
