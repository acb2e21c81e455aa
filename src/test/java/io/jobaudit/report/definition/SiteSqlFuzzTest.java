package io.jobaudit.report.definition;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.jobaudit.Fuzz;
import io.jobaudit.Mutator;
import io.jobaudit.ReportTexts;
import io.jobaudit.RunId;
import io.jobaudit.TestPostgres;
import io.jobaudit.report.subject.ReportProperties;
import io.jobaudit.report.subject.ReportQuery;
import io.jobaudit.report.subject.ReportScope;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The queries that a site writes, checked by the database without being executed. */
@Tag("slow")
class SiteSqlFuzzTest {

	/** So many cases share a question to the database. */
	private static final int CASES_PER_CHECK = 5;

	private static final List<String> PIECES = List.of(";", "--", "/*", "*/", "'", "''", "$$", "$a$", "\\'", "\"", ":",
			"::text", ":run_id", ":account", ":previous_run_id", ":{x}", ":a:b", "?", "?|", "??", "\\:", "(", ")", "()",
			",", "\n", " ", "E'\\''", "U&'\\0041'", "delete from audit.smart_job", "drop table audit.smart_job",
			"into x", "for update", "values (1)", "with d as (", " returning 1", "${figure.jobs}", "'${a.b}'", "select",
			"from", "where", "union all", "null", "1", "as \"Team\"", "&x", "@", "<@", "$1", "begin", "end", "atomic",
			"create function", "copy t to stdout", "{call f()}", "{fn now()}", "{d '2026-10-01'}");

	private static final Pattern MESSAGE = Pattern.compile("(?s)site/x\\.sql(:\\d+:\\d+)?: .{8,}");

	private final SingleConnectionDataSource database = connection();

	private final QueryRules check = new QueryRules(this.database,
			ReportScope.ofRun(new RunId(1), new ReportProperties(Path.of("reports"), ZoneId.of("Asia/Shanghai"),
					Path.of("none"), "cost_centre", Duration.ofHours(24), false, ReportTexts.EN)));

	private List<@Nullable String> tables = List.of();

	private int cases;

	@BeforeEach
	void readOnlyAsInARun() throws SQLException {
		this.tables = tables();
		this.database.getConnection().setReadOnly(true);
		this.database.getConnection().setAutoCommit(false);
	}

	@AfterEach
	void nothingWasWritten() throws SQLException {
		this.database.getConnection().rollback();
		assertThat(tables()).isEqualTo(this.tables);
		this.database.destroy();
	}

	@Test
	void aDamagedQueryIsTakenOrRefusedWithItsPlace() {
		List<byte[]> samples = DefinitionFolder.packaged()
			.flatMap((folder) -> folder.files().entrySet().stream())
			.filter((file) -> file.getKey().endsWith(".sql"))
			.map(Map.Entry::getValue)
			.map((sql) -> sql.getBytes(StandardCharsets.UTF_8))
			.toList();
		List<byte[]> small = Stream.of("select 'a;:b' as \"Team\", 1 as \"Jobs\" -- x",
				"select job_id as \"Job\" from audit.v_run_job where run_id = :run_id and create_time::date > :from")
			.map((sql) -> sql.getBytes(StandardCharsets.UTF_8))
			.toList();
		Mutator mutator = new Mutator(Stream.of(samples, small, small, small).flatMap(List::stream).toList(), PIECES);
		Fuzz.run("site SQL", (random) -> new Given(mutator.next(random)), this::takes);
	}

	private boolean takes(Given given) throws SQLException {
		ReportQuery query = new ReportQuery("site/x.sql", new String(given.bytes(), StandardCharsets.UTF_8));
		try {
			SqlText text = SqlText.of(query);
			text.requireOneStatement();
			for (int position = 1; position < query.sql().length() + 50; position += 1 + position / 4) {
				assertThat(text.place(position).toString()).startsWith("site/x.sql:");
			}
			text.references().forEach(LocatedText::known);
			if (this.cases++ % CASES_PER_CHECK == 0) {
				this.check.check(query);
			}
			return true;
		}
		catch (ReportDefinitionException ex) {
			assertThat(ex.getMessage()).matches(MESSAGE);
			return false;
		}
		finally {
			this.database.getConnection().rollback();
		}
	}

	private List<@Nullable String> tables() {
		return JdbcClient.create(this.database)
			.sql("select schemaname || '.' || tablename from pg_tables order by 1")
			.query(String.class)
			.list();
	}

	private static SingleConnectionDataSource connection() {
		try {
			return new SingleConnectionDataSource(TestPostgres.migratedDatabase().getConnection(), true);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private record Given(byte[] bytes) {

		@Override
		public String toString() {
			return Mutator.shown(this.bytes);
		}

	}

}
