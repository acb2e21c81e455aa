package io.jobaudit.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.jobaudit.TestPostgres;
import io.jobaudit.cli.AuditProcess.Ended;
import io.jobaudit.simulator.SimulatedJobs;
import io.jobaudit.simulator.Simulator;
import io.jobaudit.simulator.SimulatorOptions;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.util.DigestUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Reports of what is stored, without API, key or region. */
class ReportCommandIT {

	private static final PGSimpleDataSource DATABASE = TestPostgres.migratedDatabase();

	private static final List<String> IDS = IntStream.range(0, 300).mapToObj((i) -> "stored-" + i).toList();

	private static Ended first = new Ended(-1, "", "", 0);

	@TempDir
	private static Path directory = Path.of("");

	@BeforeAll
	static void runOnce() throws IOException {
		List<String> lines = new ArrayList<>(List.of("job_id"));
		lines.addAll(IDS);
		lines.addAll(List.of("unknown-1", "not an id"));
		Files.write(directory.resolve("ids.csv"), lines);
		try (Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
			Ended ended = offline().key("simulator", "simulator-secret")
				.setting("audit.api.region", "cn-shanghai")
				.setting("audit.api.endpoint", simulator.endpoint())
				.setting("audit.api.rate", 0)
				.run("run", "--ids", "ids.csv", "--json");
			assertThat(ended.exitCode()).as(ended.err()).isZero();
			first = ended;
		}
	}

	@Test
	void aRunIsReportedAgainByteForByteWithItsMailAndAPrintOfThePage() throws IOException {
		Path browser = Files.writeString(Files.createDirectory(directory.resolve("bin")).resolve("chromium"), """
				#!/bin/sh
				for option; do case "$option" in --print-to-pdf=*) pdf=${option#*=};; esac; done
				echo "printed $option" > "$pdf"
				""");
		Files.setPosixFilePermissions(browser, PosixFilePermissions.fromString("rwx------"));

		Ended ended = offline().environment("PATH", browser.getParent() + ":" + System.getenv("PATH"))
			.run("report", "--run", "1", "--reports", "again", "--mail", "mail.html", "--format", "pdf");

		assertThat(ended.exitCode()).as(ended.err()).isZero();
		assertThat(ended.out()).contains(directory.resolve("again/run-1/failures.xlsx").toString());
		Path printed = directory.resolve("again/run-1/summary.pdf");
		assertThat(printed).hasContent("printed " + printed.resolveSibling("summary.html").toUri());
		Files.delete(printed);
		assertThat(digests("again/run-1")).isEqualTo(digests("reports/run-1"));
		assertThat(directory.resolve("mail.html")).content()
			.startsWith("<!DOCTYPE html>")
			.contains("Run 1 asked for 301 ids")
			.doesNotContain("${");
	}

	@Test
	void programsReadTheSameAsJson() {
		Ended reported = offline().run("report", "--run", "1", "--reports", "as-json", "--json");
		Ended shown = offline().run("runs", "show", "1", "--json");

		JsonNode json = JsonMapper.shared().readTree(reported.out());
		List<String> files = new ArrayList<>();
		json.get("files").forEach((file) -> files.add(file.get("name").asString()));
		assertThat(json.get("directory").asString()).isEqualTo(directory.resolve("as-json/run-1").toString());
		assertThat(digests("as-json/run-1").keySet()).containsAll(files).contains("run-summary.json");
		assertThat(files).hasSize(digests("as-json/run-1").size() - 1);
		assertThat(JsonMapper.shared().readTree(first.out())).isEqualTo(JsonMapper.shared().readTree(shown.out()));
	}

	@Test
	void aMonthAndItsDaysHoldTheJobsThatWereCreatedInThem() throws IOException {
		YearMonth month = YearMonth.of(2026, 10);
		long created = IDS.stream()
			.filter((id) -> YearMonth.from(SimulatedJobs.of(id).orElseThrow().createTime().atOffset(ZoneOffset.UTC))
				.equals(month))
			.count();

		Ended byMonth = offline().run("report", "--month", "2026-10");
		Ended byDays = offline().run("report", "--from", "2026-10-01", "--to", "2026-10-31");

		assertThat(byMonth.exitCode()).as(byMonth.err()).isZero();
		assertThat(byDays.exitCode()).as(byDays.err()).isZero();
		Ended ofAccounts = offline().run("report", "--month", "2026-10", "--accounts", "default=1234567890123456");
		assertThat(ofAccounts.exitCode()).as(ofAccounts.err()).isZero();
		assertThat(digests("reports/accounts-month-2026-10")).containsOnlyKeys("accounts.xlsx", "focus.csv",
				"focus-unpriced.csv", "focus-metadata.json");
		assertThat(directory.resolve("reports/accounts-month-2026-10/focus-unpriced.csv")).content()
			.contains(",1234567890123456,");
		for (String name : List.of("month-2026-10", "days-2026-10-01-to-2026-10-31")) {
			assertThat(jobsByType(directory.resolve("reports").resolve(name))).as(name).isEqualTo(created);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			65 | the database has no run 99            | --run 99
			64 | --month takes a month such as         | --month October
			64 | 2026-10-01 is before 2026-10-02       | --from 2026-10-02 --to 2026-10-01
			64 | --to                                  | --from 2026-10-02
			64 | mutually exclusive                    | --run 1 --month 2026-10
			64 | give one of --run, --month, --from    | --reports again
			65 | the period begins on 2999-01-01       | --month 2999-01
			64 | --mail needs --run                    | --month 2026-10 --mail mail.html
			64 | --accounts needs --month              | --run 1 --accounts default
			65 | it has runs of: default               | --month 2026-10 --accounts default,studio
			64 | such as default=1234567890123456      | --month 2026-10 --accounts default=uid
			78 | needs a browser on the PATH: chromium | --run 1 --format pdf
			""")
	void whatCannotBeReportedIsSaid(int exitCode, String message, String options) {
		List<String> command = new ArrayList<>(List.of("report"));
		command.addAll(List.of(options.split(" ")));

		Ended ended = offline().environment("PATH", "/no-browser").run(command.toArray(String[]::new));

		assertThat(ended.exitCode()).as(ended.err()).isEqualTo(exitCode);
		assertThat(ended.err()).contains(message);
	}

	private static AuditProcess offline() {
		return new AuditProcess(directory).database(DATABASE).setting("audit.report.zone", "UTC");
	}

	private static long jobsByType(Path reports) throws IOException {
		try (XSSFWorkbook workbook = new XSSFWorkbook(Files.newInputStream(reports.resolve("failures.xlsx")))) {
			var sheet = workbook.getSheet("By job type");
			return (long) sheet.getRow(sheet.getLastRowNum()).getCell(1).getNumericCellValue();
		}
	}

	private static Map<String, String> digests(String reports) {
		try (Stream<Path> files = Files.list(directory.resolve(reports))) {
			Map<String, String> digests = new TreeMap<>();
			files.forEach((file) -> digests.put(file.getFileName().toString(), digest(file)));
			return digests;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String digest(Path file) {
		try {
			return DigestUtils.md5DigestAsHex(Files.readAllBytes(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
