package io.jobaudit.report;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Locale;
import java.util.function.Function;

import javax.sql.DataSource;

import io.jobaudit.TestPostgres;
import io.jobaudit.report.subject.ReportPeriod;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The reports of a known history have the values that are committed in
 * {@code src/test/resources/golden}, whatever their words are.
 * <p>
 * To change values on purpose, let the test write what it finds, and read the difference
 * before it is committed:
 * {@code ./mvnw test -Dtest=GoldenReportsTest -Djob-audit.golden.rewrite=true}.
 */
class GoldenReportsTest {

	private static final PGSimpleDataSource DATABASE = TestPostgres.migratedDatabase();

	private static final GoldenHistory.Runs RUNS = GoldenHistory.seed(DATABASE);

	private static final PGSimpleDataSource COMPACT = compact();

	@TempDir
	private Path directory = Path.of("");

	@ParameterizedTest
	@EnumSource
	void theValuesAreTheCommittedOnes(Subject subject) throws IOException {
		assertCommitted(subject, DATABASE);
	}

	@ParameterizedTest
	@EnumSource
	void aRoleThatMayNotCreateTemporaryTablesWritesTheSame(Subject subject) throws IOException {
		assertCommitted(subject, withoutTemporaryTables());
	}

	@ParameterizedTest
	@EnumSource
	void theSameIsWrittenWhenTheLedgerIsCompact(Subject subject) throws IOException {
		assertThat(JdbcClient.create(COMPACT)
			.sql("select distinct outcome from audit.audit_item_row join audit.audit_run using (run_id)"
					+ " where status = 'COMPLETED' and outcome is not null")
			.query(String.class)
			.list()).doesNotContain("FETCHED", "UNCHANGED");
		assertCommitted(subject, COMPACT);
	}

	private void assertCommitted(Subject subject, DataSource database) throws IOException {
		// given
		ReportWriter writer = new ReportWriter(database, ReportSettings.of(this.directory, GoldenHistory.ZONE));
		String name = subject.name().toLowerCase(Locale.ROOT).replace('_', '-');
		// when
		GoldenFiles written = GoldenFiles.ofReports(subject.reports.apply(writer).directory());
		if (Boolean.getBoolean("job-audit.golden.rewrite")) {
			written.commit(name);
		}
		// then
		assertThat(written.differencesFrom(GoldenFiles.committed(name))).isEmpty();
	}

	private static PGSimpleDataSource compact() {
		PGSimpleDataSource database = TestPostgres.migratedDatabase();
		GoldenHistory.seed(database);
		JdbcClient jdbc = JdbcClient.create(database);
		jdbc.sql("update audit.audit_run set reads_blocks = true").update();
		jdbc.sql("select sum(audit.compact_ledger(run_id)) from audit.audit_run").query(Long.class).single();
		return database;
	}

	private static DataSource withoutTemporaryTables() {
		JdbcClient.create(DATABASE).sql("""
				do $$ begin
				  if to_regrole('reading') is null then create role reading login password 'secret'; end if;
				  execute format('revoke temporary on database %I from public', current_database());
				  grant usage on schema audit to reading;
				  grant select on all tables in schema audit to reading;
				end $$""").update();
		PGSimpleDataSource reading = new PGSimpleDataSource();
		reading.setUrl(DATABASE.getUrl());
		reading.setUser("reading");
		reading.setPassword("secret");
		return reading;
	}

	/** What is reported on. */
	enum Subject {

		LAST_RUN((writer) -> writer.write(RUNS.last(), () -> false)),

		RUN_BEFORE((writer) -> writer.write(RUNS.before(), () -> false)),

		CLOSED_MONTH((writer) -> writer.write(ReportPeriod.of(YearMonth.of(2026, 10)), RunSeed.ACCOUNT, () -> false)),

		OPEN_MONTH((writer) -> writer.write(ReportPeriod.of(YearMonth.of(2026, 11)), RunSeed.ACCOUNT, () -> false)),

		DAYS_ACROSS_MONTHS((writer) -> writer.write(
				ReportPeriod.of(LocalDate.of(2026, 10, 25), LocalDate.of(2026, 11, 8)), RunSeed.ACCOUNT, () -> false));

		private final Function<ReportWriter, WrittenReports> reports;

		Subject(Function<ReportWriter, WrittenReports> reports) {
			this.reports = reports;
		}

	}

}
