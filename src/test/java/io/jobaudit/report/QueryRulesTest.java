package io.jobaudit.report;

import java.nio.file.Path;

import javax.sql.DataSource;

import io.jobaudit.ConfigurationException;
import io.jobaudit.RunId;
import io.jobaudit.TestPostgres;
import io.jobaudit.report.definition.ReportDefinitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class QueryRulesTest {

	private static final DataSource DATABASE = TestPostgres.migratedDatabase();

	private static final String DEFINITION = """
			title: Teams
			sheets:
			  - name: By team
			    title: Teams of the run
			    columns:
			      - {header: Team, format: text}
			      - {header: Jobs, format: count}
			""";

	@TempDir
	private Path directory;

	@Test
	void thePackagedQueriesAreUsable() {
		assertThatNoException().isThrownBy(
				new ReportWriter(DATABASE, new SiteDirectory(this.directory).properties())::requireAllUsableQueries);
	}

	@Test
	void everyParameterMayBeNamedAndATypeAndAStringMayHoldAColon() {
		assertThatNoException().isThrownBy(() -> check("""
				select 'a ; :b' as "Team", count(*)::bigint as "Jobs" -- ; :c
				from audit.v_run_job
				where run_id = :run_id and account = :account and create_time >= :from and create_time < :to
				  and create_time at time zone :zone is not null;
				"""));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					select 'a' as "Team"                             | workbook.yml:7:18: QUERY has no column "Jobs"; did you mean "Team"?
					select 'a' as "Team", 1 as "jobs"                | workbook.yml:7:18: QUERY has no column "Jobs"; did you mean "jobs"?
					select 'a' as "Team", 'b' as "Jobs"              | workbook.yml:7:18: the format count takes float4, float8, int2, int4, int8, numeric, but the column "Jobs" of QUERY has the type text
					select 'a' as "Team", 1 as "Jobs", 2 as "More"   | workbook.yml:3:11: the sheet "By team" does not list the column "More" of QUERY
					select 'a' as "Team", 1 as "Jobs", 2 as "Jobs"   | by-team.sql: duplicate column "Jobs"
					select 'a' as "Team", :runid as "Jobs"           | by-team.sql:1:23: unknown parameter ":runid"; did you mean ":run_id"?
					select 'a' as "Team", :run_id + no as "Jobs"     | by-team.sql:1:33: expected a query that PostgreSQL can run and that only reads; PostgreSQL reports: column "no" does not exist
					select 'a' as "Team", audti.f() as "Jobs"        | by-team.sql:1:23: expected a query that PostgreSQL can run and that only reads; PostgreSQL reports: schema "audti" does not exist
					select 'a' as "Team", 1 as "Jobs" form x         | by-team.sql:1:35: expected a query that PostgreSQL can run
					select 'a' as "Team", 1 as "Jobs"; select 2      | by-team.sql:1:34: expected one statement, but a second one begins here
					select 'a' as "Team", 1 as "Jobs"; drop table x  | by-team.sql:1:34: expected one statement, but a second one begins here
					-- nothing                                       | by-team.sql: expected a query that returns rows
					select 'a' as "Team", 1 as "Jobs" -              | by-team.sql: invalid SQL: a comment, quote or parameter does not end
					select 'a' as "Team", 1 as "Jobs" /              | by-team.sql: invalid SQL: a comment
					select 'a as "Team", 1 as "Jobs"                 | by-team.sql: invalid SQL:
					select 'a' as "Team", 1 as "Jobs" /* no end      | by-team.sql: invalid SQL:
					select $$a as "Team", 1 as "Jobs"                | by-team.sql: invalid SQL:
					select 'a' as "Team", :{x} as "Jobs"             | by-team.sql: invalid SQL:
					select 'a' as "Team", :a:b as "Jobs"             | by-team.sql:1:23: unknown parameter ":a"
					delete from audit.smart_job                      | by-team.sql: expected a query that returns rows
					delete from audit.smart_job returning job_id as "Team", 1 as "Jobs"                                | by-team.sql:1:1: expected a query that PostgreSQL can run and that only reads
					with d as (delete from audit.smart_job returning 1) select 'a' as "Team", count(*) as "Jobs" from d | by-team.sql: expected a query that PostgreSQL can run and that only reads; PostgreSQL reports: DECLARE CURSOR must not contain data-modifying statements in WITH
					""")
	void whatAQueryLacksOrDoesIsSaidBeforeItIsExecuted(String sql, String message) {
		assertThatExceptionOfType(ReportDefinitionException.class).isThrownBy(() -> check(sql))
			.withMessageStartingWith(folder() + message.replace("QUERY", folder() + "by-team.sql"));
	}

	@Test
	void aNulThatTheServerWouldEndTheConnectionForIsRefusedWithItsPlace() {
		assertThatExceptionOfType(ReportDefinitionException.class)
			.isThrownBy(() -> check("select 'a' as \"Team\",\n 1\0 as \"Jobs\""))
			.withMessage(folder() + "by-team.sql:2:3: invalid SQL: the file contains a NUL character; remove it");
	}

	@Test
	void theLineAndColumnAreThoseOfTheFileHoweverManyParametersComeBefore() {
		assertThatExceptionOfType(ReportDefinitionException.class).isThrownBy(() -> check("""
				-- Teams, as of :to
				select 'a' as "Team",
				  :run_id + :run_id + :run_id + wrong as "Jobs"
				""")).withMessageStartingWith(folder() + "by-team.sql:3:33: ");
	}

	@Test
	void aSummaryThatLacksAColumnIsRefused() {
		SiteDirectory site = new SiteDirectory(this.directory).file("failures/summary.sql", "select 'a' as section");

		assertThatExceptionOfType(ReportDefinitionException.class)
			.isThrownBy(new ReportWriter(DATABASE, site.properties())::requireUsableQueries)
			.withMessage(site.definitions().resolve("failures/summary.sql")
					+ ": expected the columns amount, is_check, label, note, section, share"
					+ " and optionally currency, format, formula, link, but found section");
	}

	@Test
	void aReferenceToATextThatIsMissingIsRefused() {
		SiteDirectory site = new SiteDirectory(this.directory).file("failures/summary.sql", """
				select 'Teams' as section, '${figure.failed-jobs}' as label, 1 as amount, 1 as share,
				  '${note.job-typ|' || 7 || '}' as note, false as is_check
				""");

		assertThatExceptionOfType(ReportDefinitionException.class)
			.isThrownBy(new ReportWriter(DATABASE, site.properties())::requireUsableQueries)
			.withMessage(site.definitions().resolve("failures/summary.sql")
					+ ":2:4: unknown text \"note.job-typ\"; did you mean \"note.job-type\"?");
	}

	@Test
	void aFunctionThatWritesIsRefusedByTheDatabaseWhenTheReportIsWritten() {
		// given a write that hides in a function
		JdbcClient jdbc = JdbcClient.create(DATABASE);
		jdbc.sql("create table audit.written (n int)").update();
		jdbc.sql("create function audit.write() returns bigint language sql as"
				+ " 'insert into audit.written values (1) returning 1'")
			.update();
		ReportWriter writer = writer("select 'a' as \"Team\", audit.write() as \"Jobs\"");
		RunId run = new RunSeed(DATABASE).close();
		// when
		assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> writer.write(run, () -> false))
			.withMessageContaining("by-team.sql: the query writes, but must only read: ")
			.withMessageContaining("read-only transaction");
		// then
		assertThat(jdbc.sql("select count(*) from audit.written").query(Long.class).single()).isZero();
	}

	private void check(String sql) {
		writer(sql).requireUsableQueries();
	}

	private ReportWriter writer(String sql) {
		SiteDirectory site = new SiteDirectory(this.directory).file("teams/workbook.yml", DEFINITION)
			.file("teams/by-team.sql", sql);
		return new ReportWriter(DATABASE, site.properties());
	}

	private String folder() {
		return this.directory.resolve("definitions/teams") + "/";
	}

}
