package io.jobaudit.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;

import io.jobaudit.ExitStatus;
import io.jobaudit.TestPostgres;
import io.jobaudit.cli.AuditProcess.Ended;
import io.jobaudit.report.RunSummaries;
import io.jobaudit.simulator.Simulator;
import io.jobaudit.simulator.SimulatorOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where ids come from, by the commands alone: acts on one database, in this order.
 */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class SourcesIT {

	private static final List<String> TABLES = List.of("audit.audit_run", "audit.audit_item",
			"audit.audit_rejected_line", "audit.audit_input", "audit.smart_job", "audit.smart_job_change",
			"batch.batch_job_instance", "audit.price");

	private Path directory;

	private final Simulator simulator = Simulator.start(SimulatorOptions.defaults());

	private final PGSimpleDataSource database = TestPostgres.migratedDatabase();

	private final JdbcClient jdbc = JdbcClient.create(this.database);

	@BeforeAll
	void givenTwoFilesOfIds(@TempDir Path temporary) throws IOException {
		this.directory = temporary;
		Files.writeString(this.directory.resolve("a.csv"), "job_id,team\nsrc-1,x\nsrc-2,x\nbad id,x\n");
		gz("b.csv.gz", "id\nsrc-3\nsrc-1\nunknown-1\ngarbled-1\n");
	}

	@AfterAll
	void close() {
		this.simulator.close();
	}

	@Test
	@Order(1)
	void aPreviewSaysWhatARunWillDoAsksForThreeIdsAndLeavesNothingBehind() throws IOException {
		List<String> before = rows();
		Ended preview = process().run("preview", "--ids", "a.csv", "b.csv.gz", "--limit", "3");

		assertThat(preview.exitCode()).as(preview.err()).isZero();
		assertThat(preview.out())
			.contains("src-1  {team=x}", "a.csv, line 4: \"bad id\" contains U+0020 (SPACE) at character 4",
					"b.csv.gz, line 3: \"src-1\" is a duplicate of an earlier line")
			.containsPattern("(?m)^  calls +5$")
			.containsPattern("src-1  FETCHED  \\w+");
		assertThat(rows()).isEqualTo(before);
		assertThat(this.simulator.statistics().calls()).isEqualTo(3);
		assertThat(files()).containsExactlyInAnyOrder("a.csv", "b.csv.gz");
	}

	@Test
	@Order(2)
	void aRunReadsPlainAndPackedFilesAndNamesTheRejectedLines() {
		Ended run = process().run("run", "--ids", "a.csv", "--ids", "b.csv.gz");

		assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
		assertThat(run.out()).containsPattern("lines read +7\\b").containsPattern("UNREADABLE +1\\b");
		assertThat(
				texts("""
						select f.source || ' ' || (l.line_no - f.line_offset) || ' ' || l.reason from audit.audit_rejected_line l
						join lateral (select * from audit.audit_input f where f.run_id = l.run_id and f.line_offset < l.line_no
						  order by f.line_offset desc limit 1) f on true order by l.line_no
						"""))
			.containsExactly("a.csv 4 BAD_CHARACTER", "b.csv.gz 3 DUPLICATE");
	}

	@Test
	@Order(3)
	void aRunOfAPartOfAnEarlierRunRecordsItsParent() throws IOException {
		Ended part = process().run("run", "--only", "not-found", "--of", "1");

		assertThat(part.exitCode()).as(part.err()).isZero();
		assertThat(part.out()).contains("Run 2 is complete").containsPattern("NOT_FOUND +1\\b");
		JsonNode input = RunSummaries.read(this.directory.resolve("reports/run-2")).get("input");
		assertThat(input.get("source").stringValue()).isEqualTo("not-found of run 1");
		assertThat(input.get("parent").toString()).isEqualTo("{\"run\":1,\"part\":\"not-found\"}");
	}

	@Test
	@Order(4)
	void aPartThatIsEmptyIsAnInputError() {
		Ended empty = process().run("run", "--only", "expired", "--of", "1");

		assertThat(empty.exitCode()).isEqualTo(ExitStatus.INPUT.code());
	}

	@Test
	@Order(5)
	void aRunReadsIdsAndLabelsWithAQueryOfItsOwnDatabase() throws IOException {
		Files.writeString(this.directory.resolve("ids.sql"),
				"select job_id, 'again' as why from audit.smart_job order by job_id;");
		Ended query = process().run("run", "--ids-query", "ids.sql", "--refetch");

		assertThat(query.exitCode()).as(query.err()).isZero();
		assertThat(query.out()).containsPattern("FETCHED +3\\b");
		assertThat(texts("select distinct labels ->> 'why' from audit.smart_job")).containsExactly("again");
	}

	@Test
	@Order(6)
	void filesAndAQueryTogetherAreAUsageError() {
		Ended both = process().run("run", "--ids", "a.csv", "--ids-query", "ids.sql");

		assertThat(both.exitCode()).isEqualTo(ExitStatus.USAGE.code());
	}

	@Test
	@Order(7)
	void aQueryOfADatabaseThatIsDownEndsAsUnavailable() {
		Ended unavailable = process().setting("audit.ids.datasource.url", "jdbc:mariadb://127.0.0.1:1/shop")
			.run("run", "--ids-query", "ids.sql");

		assertThat(unavailable.exitCode()).as(unavailable.err()).isEqualTo(ExitStatus.UNAVAILABLE.code());
	}

	private AuditProcess process() {
		SimulatorOptions options = SimulatorOptions.defaults();
		return new AuditProcess(this.directory).database(this.database)
			.key(options.accessKeyId(), options.accessKeySecret())
			.setting("audit.api.region", "cn-shanghai")
			.setting("audit.retry.max-retries", 0)
			.setting("audit.api.endpoint", this.simulator.endpoint());
	}

	private List<String> rows() {
		return TABLES.stream().flatMap((table) -> texts("select t::text from " + table + " t").stream()).toList();
	}

	private List<String> files() throws IOException {
		try (var files = Files.list(this.directory)) {
			return files.map((file) -> file.getFileName().toString())
				.filter((name) -> !name.startsWith("std"))
				.toList();
		}
	}

	private List<String> texts(String sql) {
		return this.jdbc.sql(sql).query((row, number) -> row.getString(1)).list();
	}

	private void gz(String name, String text) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
			out.write(text.getBytes(StandardCharsets.UTF_8));
		}
		Files.write(this.directory.resolve(name), bytes.toByteArray());
	}

}
