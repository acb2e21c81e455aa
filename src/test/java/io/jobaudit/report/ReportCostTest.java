package io.jobaudit.report;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.jobaudit.Account;
import io.jobaudit.RunId;
import io.jobaudit.TestPostgres;
import io.jobaudit.report.csv.FocusProperties;
import io.jobaudit.report.subject.ReportPeriod;
import io.jobaudit.store.MeasuredDatabase;
import io.jobaudit.store.MeasuredDatabase.Read;
import io.jobaudit.store.QueryPlans;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** What the reports of a run read follows the run, not the history before it. */
@Tag("slow")
class ReportCostTest {

	private static final int RUNS = 1000;

	private static final int IDS = 1000;

	private static final int NEW_IDS = 50;

	/** Each month is closed a few days after its end. */
	private static final List<String> CLOSINGS = List.of(
			"""
					insert into audit.month_close (account, month, zone, starts_at, ends_at, closed_at, closed_by, version, last_change_id, group_by)
					select 'default', m, 'UTC', m at time zone 'UTC', e at time zone 'UTC', c.at, 'finance', '1.0.0', (
					  select coalesce(max(change_id), 0) from audit.smart_job_change where changed_at <= c.at), 'team'
					from generate_series(date_trunc('month', now() at time zone 'UTC') - interval '3 years',
					  date_trunc('month', now() at time zone 'UTC') - interval '1 month', interval '1 month') m
					cross join lateral (select m + interval '1 month' as e) month
					cross join lateral (select e at time zone 'UTC' + interval '3 days' as at) c
					""",
			"""
					insert into audit.closed_job (close_id, job_id, state, job_type, error_code, total_tokens, usage_status, create_time, booked_at,
					  spend_status, user_id, labels, fetched_at)
					select m.close_id, j.job_id, j.state, j.job_type, j.error_code, j.total_tokens, j.usage_status, j.create_time, j.booked_at,
					  j.spend_status, j.user_id, j.labels, j.fetched_at
					from audit.month_close m
					join audit.v_job j on j.account = m.account and j.booked_at >= m.starts_at and j.booked_at < m.ends_at
					""");

	/** The last run was compared with the API's list. */
	private static final List<String> LISTING = List.of(
			"insert into audit.audit_listing select max(run_id), now(), 1 from audit.audit_run",
			"insert into audit.audit_listed_job select run_id, case when item_no % 50 = 0 then 'x' else '' end || job_id, 'ASR', 'Finished', now()"
					+ " from audit.audit_item_row where run_id = (select max(run_id) from audit.audit_run)");

	private static final PGSimpleDataSource HISTORY = history();

	@TempDir
	private Path directory;

	/** They look up the jobs of the run, and those of its input beside the API's list. */
	private static final String CONTROL_TOTALS = "with recursive first";

	private static final String CORRECTIONS = "audit.report_correction(";

	@Test
	void noQueryOfARunReadsMoreThanItsRowsAfterAThousandRuns() {
		DataSource database = TestPostgres.copyOf(HISTORY);
		assertReportOfTheLastRunReadsItsRows(database);

		compact(database);
		assertReportOfTheLastRunReadsItsRows(database);
	}

	private void assertReportOfTheLastRunReadsItsRows(DataSource database) {
		MeasuredDatabase measured = new MeasuredDatabase(database, false);

		new ReportWriter(measured.dataSource(), ReportSettings.of(this.directory, ZoneOffset.UTC))
			.write(new RunId(RUNS), () -> false);

		assertThat(measured.reads()).hasSizeGreaterThan(35)
			.filteredOn((statement) -> statement.buffers() > 8 * rows(statement) + 2000)
			.extracting(Read::buffers, (statement) -> statement.sql().lines().limit(2).toList())
			.isEmpty();
	}

	/**
	 * Ids that could not be read are looked for in later runs, and corrections among the
	 * jobs of closed months.
	 */
	@Test
	void noQueryOfAPeriodReadsMoreThanItsRowsAfterManyMonths() {
		int days = 20;
		DataSource database = TestPostgres.copyOf(HISTORY);
		JdbcClient jdbc = JdbcClient.create(database);
		jdbc.sql("update audit.audit_item_row set outcome = 'UNREADABLE' where run_id % 7 = 0 and item_no % 50 = 0")
			.update();
		compact(database);
		MeasuredDatabase measured = new MeasuredDatabase(database, false);

		LocalDate today = LocalDate.now(ZoneOffset.UTC);
		new ReportWriter(measured.dataSource(), ReportSettings.of(this.directory, ZoneOffset.UTC))
			.write(ReportPeriod.of(today.minusDays(days), today), new Account("default"), () -> false);

		long jobs = 2L * days * NEW_IDS;
		long items = (long) days * IDS;
		assertThat(measured.reads()).hasSizeGreaterThan(35)
			.filteredOn((statement) -> statement.buffers() > 3 * (jobs + items) + 2000)
			.extracting(Read::buffers, (statement) -> statement.sql().lines().limit(2).toList())
			.isEmpty();
		assertAccountsReadTheirDays(database, today);
	}

	/**
	 * The server has no statistics of the rows that {@code close} has just written.
	 */
	@Test
	void examplesOfAMonthThatHasJustBeenClosedAreFoundInOnePass() {
		YearMonth month = YearMonth.now(ZoneOffset.UTC).minusMonths(1);
		long jobs = JdbcClient.create(HISTORY)
			.sql("select count(*) from audit.v_booked_job where booked_at >= ? and booked_at < ?")
			.params(month.minusMonths(1).atDay(1).atStartOfDay().atOffset(ZoneOffset.UTC),
					month.plusMonths(1).atDay(1).atStartOfDay().atOffset(ZoneOffset.UTC))
			.query(Long.class)
			.single();
		MeasuredDatabase measured = new MeasuredDatabase(HISTORY, true);

		new ReportWriter(measured.dataSource(), ReportSettings.of(this.directory, ZoneId.of("UTC")))
			.write(ReportPeriod.of(month), new Account("default"), () -> false);

		assertThat(measured.reads()).filteredOn((statement) -> statement.sql().contains("with a failed job as example"))
			.singleElement()
			.satisfies((statement) -> assertThat(statement.rows()).isLessThan(30 * jobs));
	}

	private void assertAccountsReadTheirDays(DataSource database, LocalDate today) {
		MeasuredDatabase measured = new MeasuredDatabase(database, false);

		new ReportWriter(measured.dataSource(), ReportSettings.of(this.directory, ZoneOffset.UTC))
			.write(ReportPeriod.of(today.minusDays(2), today), Map.of(new Account("default"),
					FocusProperties.standard(), new Account("other"), FocusProperties.standard()), () -> false);

		List<Read> reads = measured.reads();
		assertThat(reads).filteredOn((statement) -> statement.sql().contains(CORRECTIONS))
			.as("for the sheets, and once more for the audit")
			.hasSize(2);
		assertThat(reads).hasSizeGreaterThan(10)
			.filteredOn((statement) -> statement.buffers() > 8 * 3 * NEW_IDS + 2000)
			.extracting(Read::buffers, (statement) -> statement.sql().lines().limit(2).toList())
			.isEmpty();
	}

	private static void compact(DataSource database) {
		JdbcClient jdbc = JdbcClient.create(database);
		jdbc.sql("update audit.audit_run set reads_blocks = true").update();
		jdbc.sql("select sum(audit.compact_ledger(run_id)) from audit.audit_run").query(Long.class).single();
	}

	private static long rows(Read statement) {
		return statement.sql().contains(CONTROL_TOTALS) ? 2 * IDS : IDS;
	}

	private static PGSimpleDataSource history() {
		PGSimpleDataSource database = TestPostgres.migratedDatabase();
		try (Connection connection = database.getConnection()) {
			QueryPlans.history(connection, RUNS, IDS, NEW_IDS);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		Stream.of(CLOSINGS, LISTING)
			.flatMap(List::stream)
			.forEach((sql) -> JdbcClient.create(database).sql(sql).update());
		return database;
	}

}
