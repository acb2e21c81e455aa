package io.jobaudit.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.jobaudit.TestPostgres;
import io.jobaudit.cli.AuditProcess.Ended;
import io.jobaudit.simulator.Simulator;
import io.jobaudit.simulator.SimulatorOptions;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** A site's own sheets in {@code config/report}, without compiling. */
class SiteReportsIT {

	/** The example of the operations page, to the letter. */
	private static final String DEFINITION = example("yaml");

	private static final String SQL = example("sql");

	@TempDir
	private Path directory;

	private final Simulator simulator = Simulator.start(SimulatorOptions.defaults());

	private final PGSimpleDataSource database = TestPostgres.migratedDatabase();

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@Test
	void aSheetInConfigReportIsInTheWorkbook() throws IOException {
		write("by-team.sql", SQL);
		write("workbook.yml", DEFINITION);

		Ended ended = run();

		assertThat(ended.exitCode()).as(ended.err()).isZero();
		Path file = this.directory.resolve("reports/run-1/failures.xlsx");
		try (InputStream in = Files.newInputStream(file); XSSFWorkbook workbook = new XSSFWorkbook(in)) {
			XSSFSheet sheet = workbook.getSheetAt(2);
			assertThat(sheet.getSheetName()).isEqualTo("By team");
			assertThat(sheet.getRow(2).getCell(0).getStringCellValue()).isEqualTo("studio");
			assertThat(sheet.getRow(3).getCell(1).getNumericCellValue()).as("the total").isEqualTo(2);
		}
	}

	@Test
	void aColumnThatTheSqlLacksIs78BeforeAnyCall() throws IOException {
		write("by-team.sql", SQL.replace("\"Jobs\"", "\"Job\""));
		write("workbook.yml", DEFINITION);

		Ended ended = run();

		assertThat(ended.exitCode()).as(ended.err()).isEqualTo(78);
		assertThat(ended.err()).endsWith("job-audit: config/report/failures/workbook.yml:7:18:"
				+ " config/report/failures/by-team.sql has no column \"Jobs\"; did you mean \"Job\"? (exit 78)\n");
		assertNothingBegun();
	}

	@Test
	void aDefinitionThatIsNoneIs78BeforeAnyCall() throws IOException {
		write("by-team.sql", SQL);
		write("workbook.yml", DEFINITION.replace("format: count", "format: number"));

		Ended ended = run();

		assertThat(ended.exitCode()).as(ended.err()).isEqualTo(78);
		assertThat(ended.err())
			.contains("\njob-audit: config/report/failures/workbook.yml:7:32: unknown format \"number\"")
			.doesNotContain("\tat ");
		assertNothingBegun();
	}

	private void assertNothingBegun() {
		assertThat(this.simulator.statistics().calls()).isZero();
		assertThat(
				JdbcClient.create(this.database).sql("select count(*) from audit.audit_run").query(Long.class).single())
			.isZero();
	}

	private Ended run() throws IOException {
		Path ids = Files.writeString(this.directory.resolve("ids.csv"),
				"job_id,team\n0a1b2c3d4e5f,news\n1a2b3c4d5e6f,studio\n");
		return new AuditProcess(this.directory).packaged()
			.database(this.database)
			.key("simulator", "simulator-secret")
			.setting("audit.api.region", "cn-shanghai")
			.setting("audit.api.endpoint", this.simulator.endpoint())
			.run("run", "--ids", ids.toString());
	}

	private static String example(String language) {
		try {
			String section = Files.readString(Path.of("src/docs/OPERATIONS.md")).split("\n## Your own sheets\n")[1];
			return section.substring(section.indexOf("```" + language + "\n") + language.length() + 4).split("```")[0];
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void write(String name, String text) throws IOException {
		Path folder = Files.createDirectories(this.directory.resolve("config/report/failures"));
		Files.writeString(folder.resolve(name), text);
	}

}
