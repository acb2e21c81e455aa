package io.jobaudit.report;

import java.nio.file.Path;
import java.util.List;

import javax.sql.DataSource;

import io.jobaudit.RunId;
import io.jobaudit.TestPostgres;
import io.jobaudit.report.WrittenReports.ReportFile;
import io.jobaudit.report.subject.ReportQuery;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("slow")
class SiteWorkbooksTest {

	private static final DataSource DATABASE = TestPostgres.migratedDatabase();

	private static final RunId RUN = new RunSeed(DATABASE).failed("a1", "ASR", "NoVoice", "x")
		.failed("b2", "ASR", "NoVoice", "y")
		.failed("c3", "TextGenerate", "Quota", "z")
		.close();

	private static final String USERS = """
			select coalesce(user_id, '(none)') as "User", count(*) as "Failed"
			from audit.v_run_job where run_id = :run_id and state = 'Failed' group by 1
			""";

	@TempDir
	private Path directory;

	@Test
	void aSheetIsAddedLastOrAfterTheOneThatItNames() {
		// given
		SiteDirectory site = new SiteDirectory(this.directory).file("failures/by-user.sql", USERS)
			.file("failures/moved.sql", USERS)
			.file("failures/workbook.yml", """
					charts:
					  - {title: Users, type: column, sheet: By user, categories: User, series: [Failed]}
					sheets:
					  - name: By user
					    title: Failed jobs by user
					    after: By error code
					    columns: [{header: Failed, format: count, total: true}, {header: User, format: id}]
					  - name: At the end
					    sql: moved
					    title: Once more
					    columns: [{header: User, format: id}, {header: Failed, format: count}]
					""");
		// when
		ReadWorkbook workbook = written(site, "failures.xlsx");
		// then
		assertThat(workbook.sheetNames()).containsExactly("Summary", "By error code", "By user", "By job type", "Trend",
				"New since last run", "Recovered", "Still failing", "By owner", "Stuck", "Expiring", "Failed jobs",
				"Unreadable ids", "Completeness", "Run", "At the end", "Audit");
		assertThat(workbook.headers("By user")).as("the definition's order").containsExactly("Failed", "User");
		assertThat(workbook.column("By user", "User")).containsExactly("(none)", "");
		assertThat(workbook.column("At the end", "Failed")).containsExactly("3");
		assertThat(workbook.sheet("Summary").getDrawingPatriarch().getCharts()).hasSize(3);
		assertThat(workbook.differences()).hasSize(34)
			.allSatisfy((figure, difference) -> assertThat(difference).isZero());
	}

	@Test
	void aSheetIsReplacedWhereItStands() {
		// given
		SiteDirectory site = new SiteDirectory(this.directory)
			.file("failures/by-error-code.sql",
					"""
							select error_code as "Error code", count(*) as "Failed jobs", null::numeric as "Cumulative %" from audit.v_run_job
							where run_id = :run_id and state = 'Failed' group by 1 order by 1 desc
							""")
			.file("failures/workbook.yml", """
					title: What went wrong
					sheets:
					  - name: By error code
					    title: Failed jobs by code
					    columns:
					      - {header: Error code, format: text, width: 60}
					      - {header: Failed jobs, format: count, total: true}
					      - {header: Cumulative %, format: percent}
					""");
		// when
		ReadWorkbook workbook = written(site, "failures.xlsx");
		// then
		assertThat(workbook.sheetNames()).startsWith("Summary", "By error code", "By job type");
		assertThat(workbook.column("By error code", "Error code")).containsExactly("Quota", "NoVoice", "Total");
		assertThat(workbook.headers("By error code")).hasSize(3);
		assertThat(workbook.sheet("By error code").getColumnWidth(0)).isEqualTo(60 * 256);
		assertThat(ReadWorkbook.text(workbook.sheet("Summary").getRow(0).getCell(0))).isEqualTo("What went wrong");
		assertThat(workbook.rows("Audit")).extracting((row) -> ReadWorkbook.text(row.getCell(0)))
			.as("the SQL that was used")
			.contains("where run_id = :run_id and state = 'Failed' group by 1 order by 1 desc");
	}

	@Test
	void aQueryAloneIsReplaced() {
		SiteDirectory site = new SiteDirectory(this.directory).file("token-spend/by-day.sql",
				ReportQuery.packaged("token-spend/by-day").sql().replace("group by 1", "where false group by 1"));

		assertThat(written(site, "token-spend.xlsx").column("By day", "Day")).containsExactly("No rows");
	}

	@Test
	void aWorkbookIsAddedAndNeedsNoMoreThanATitleAndASheet() {
		// given
		SiteDirectory site = new SiteDirectory(this.directory).file("users/by-user.sql", USERS)
			.file("users/workbook.yml", """
					title: Users
					sheets:
					  - name: By user
					    title: Failed jobs by user
					    csv: users.csv
					    columns: [{header: User, format: id}, {header: Failed, format: count}]
					""");
		// when
		WrittenReports reports = write(site);
		// then
		assertThat(reports.files()).extracting(ReportFile::name)
			.containsExactly("failures.xlsx", "token-spend.xlsx", "users.xlsx", "summary.html", "failed-jobs.csv",
					"users.csv", "focus.csv", "focus-unpriced.csv", "focus-metadata.json", "unreadable-ids.csv");
		assertThat(reports.directory().resolve("users.csv")).content().isEqualTo("User,Failed\r\n(none),3\r\n");
		ReadWorkbook workbook = ReadWorkbook.of(reports, "users.xlsx");
		assertThat(workbook.sheetNames()).containsExactly("Summary", "By user", "Audit");
		assertThat(reports.files().get(2).rows()).isEqualTo(1);
	}

	@Test
	void aTextIsShownAsItIsUnlessItRefersToOneOfOurs() {
		// given
		SiteDirectory site = new SiteDirectory(this.directory)
			.file("users/by-user.sql", USERS.replace("'(none)'", "'${table.none}'"))
			.file("users/summary.sql", """
					select section, label, 1 as amount, 1 as share, note, false as is_check
					from (values
					  ('Users', '${figure.failed-jobs}', '${note.job-type|3|7}'),
					  ('Users', '$${figure.failed-jobs}', 'of ${all} users'),
					  ('Users', '${' || 'a.text.that.is.data}', null)) as f (section, label, note)
					""")
			.file("users/workbook.yml", """
					title: ${failures.title}
					sheets:
					  - name: By user
					    title: Failed jobs of $users
					    columns: [{header: User, format: id}, {header: Failed, format: count}]
					""");
		// when
		ReadWorkbook workbook = written(site, "users.xlsx");
		// then
		assertThat(workbook.rows("Summary")).extracting((row) -> ReadWorkbook.text(row.getCell(0)))
			.startsWith("Failed smart jobs")
			.endsWith("Users", "Failed jobs", "${figure.failed-jobs}", "${a.text.that.is.data}");
		assertThat(workbook.rows("Summary")).extracting((row) -> ReadWorkbook.text(row.getCell(3)))
			.contains("3 of 7 jobs of the type failed", "of ${all} users");
		assertThat(workbook.column("By user", "User")).as("rows hold data").containsExactly("${table.none}");
		assertThat(workbook.rows("Audit")).extracting((row) -> ReadWorkbook.text(row.getCell(1)))
			.contains("Failed jobs of $users");
	}

	@Test
	void everyParameterIsBoundAndPeriodsAreWholeDaysOfTheZone() {
		// given jobs created on 2026-10-01 at 02:03:04 UTC, 10:03:04 in Shanghai
		SiteDirectory site = new SiteDirectory(this.directory).file("users/by-user.sql", """
				select cast(:run_id as text) || ' ' || :account || ' ' || :zone as "Names",
				  cast(:from as timestamptz) as "From", cast(:to as timestamptz) as "To"
				""").file("users/workbook.yml", """
				title: Users
				sheets:
				  - name: By user
				    title: Failed jobs by user
				    columns:
				      - {header: Names, format: text}
				      - {header: From, format: instant}
				      - {header: To, format: instant}
				""");
		// when
		ReadWorkbook workbook = written(site, "users.xlsx");
		// then
		assertThat(List.of(workbook.column("By user", "Names").get(0),
				workbook.column("By user", "From (Asia/Shanghai)").get(0),
				workbook.column("By user", "To (Asia/Shanghai)").get(0)))
			.containsExactly(RUN + " default Asia/Shanghai", "2026-10-01 00:00:00", "2026-10-02 00:00:00");
	}

	private ReadWorkbook written(SiteDirectory site, String name) {
		return ReadWorkbook.of(write(site), name);
	}

	private WrittenReports write(SiteDirectory site) {
		ReportWriter writer = new ReportWriter(DATABASE, site.properties());
		writer.requireUsableQueries();
		return writer.write(RUN, () -> false);
	}

}
