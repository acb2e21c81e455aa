package io.jobaudit.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.jobaudit.TestPostgres;
import io.jobaudit.cli.AuditProcess.Ended;
import io.jobaudit.cli.AuditProcess.Running;
import io.jobaudit.simulator.Simulator;
import io.jobaudit.simulator.SimulatorOptions;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A night in one process and the same night with three workers leave the same rows,
 * statements and workbooks. With {@code -Dnight.accounts=20 -Dnight.ids=500}, the night
 * is large.
 */
@Tag("chaos")
class SameNightIT {

	private static final int ACCOUNTS = Integer.getInteger("night.accounts", 2);

	private static final int IDS = Integer.getInteger("night.ids", 60);

	private static final int WORKERS = 3;

	/** Notes of a summary contain the time since which a failure is seen. */
	private static final int NOTE = 3;

	/** Cells that contain when, how and under which run number the API was called. */
	private static final Set<String> VARYING = Set.of("Run", "Started", "Finished", "Duration", "Calls", "Retries",
			"Throttled", "Effective rate", "Time of fetching", "Waiting time of calls", "Request id", "First seen",
			"Last seen", "Last new", "Last asked", "Age");

	@TempDir
	private Path directory;

	@Test
	void workersLeaveWhatOneProcessLeaves() throws Exception {
		Duration latency = Duration.ofMillis(20);
		try (Simulator simulator = Simulator.start(SimulatorOptions.defaults().withLatency(latency, latency))) {
			write();
			Site alone = new Site(this.directory, "alone", TestPostgres.migratedDatabase(), simulator);
			Site shared = new Site(this.directory, "shared", TestPostgres.migratedDatabase(), simulator);

			Ended night = alone.process().run("night", "--accounts", "accounts.yml");
			Ended detached = shared.process().run("night", "--accounts", "accounts.yml", "--detach");
			List<Running> workers = IntStream.range(0, WORKERS)
				.mapToObj((i) -> shared.process().start("worker", "--accounts", "accounts.yml", "--until-idle"))
				.toList();

			assertThat(night.exitCode()).as(night.err()).isZero();
			assertThat(detached.exitCode()).as(detached.err()).isZero();
			assertThat(workers).allSatisfy((worker) -> assertThat(worker.await().exitCode()).isZero());
			assertThat(texts(shared.process().run("runs", "--night", "1").out())).isEqualTo(texts(night.out()));
			Map<String, Long> runs = shared.runs();
			assertThat(runs).hasSize(ACCOUNTS).containsOnlyKeys(alone.runs().keySet());
			for (Map.Entry<String, Long> run : alone.runs().entrySet()) {
				long other = Objects.requireNonNull(runs.get(run.getKey()));
				assertThat(RunResult.of(shared.database(), shared.reports(), other)).as(run.getKey())
					.isEqualTo(RunResult.of(alone.database(), alone.reports(), run.getValue()));
				assertThat(VARYING).containsAll(differences(alone.reports().resolve("run-" + run.getValue()),
						shared.reports().resolve("run-" + other)));
			}
		}
	}

	/** Removes the numbers of runs, which accounts get in any order. */
	private static String texts(String printed) {
		return printed.replaceAll("(reports in \\S+run-|run )\\d+", "run N");
	}

	/** Headers or labels of the cells that differ. */
	private static Set<String> differences(Path one, Path other) throws IOException {
		Map<List<String>, String> expected = cells(one);
		Map<List<String>, String> found = cells(other);
		assertThat(found).hasSameSizeAs(expected);
		return expected.entrySet()
			.stream()
			.filter((cell) -> !cell.getValue().equals(found.get(cell.getKey())))
			.map((cell) -> cell.getKey().get(1))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	/**
	 * Values by address, and by header or label. The two lines below the title of a sheet
	 * name the run; kinds that are equally frequent are in the order in which they were
	 * seen.
	 */
	private static Map<List<String>, String> cells(Path reports) throws IOException {
		DataFormatter formatter = new DataFormatter(Locale.ROOT);
		Map<List<String>, String> cells = new HashMap<>();
		for (String file : List.of("failures.xlsx", "token-spend.xlsx")) {
			try (InputStream in = Files.newInputStream(reports.resolve(file));
					XSSFWorkbook workbook = new XSSFWorkbook(in)) {
				for (Sheet sheet : workbook) {
					boolean isTable = !Set.of("Cover", "Summary", "Audit").contains(sheet.getSheetName());
					for (Row row : sheet) {
						boolean isSubtitle = !isTable && (row.getRowNum() == 1 || row.getRowNum() == 2);
						for (Cell cell : row) {
							boolean isNote = sheet.getSheetName().equals("Summary") && cell.getColumnIndex() == NOTE;
							String name = formatter.formatCellValue(
									isTable ? sheet.getRow(0).getCell(cell.getColumnIndex()) : row.getCell(0));
							if (!isSubtitle && !isNote && !sheet.getSheetName().equals("Still failing")) {
								cells.put(List.of(file + " " + sheet.getSheetName() + " " + cell.getAddress(),
										name.replaceFirst(" \\(.*", "")), formatter.formatCellValue(cell));
							}
						}
					}
				}
			}
		}
		return cells;
	}

	private void write() throws IOException {
		StringBuilder text = new StringBuilder("accounts:\n");
		for (int account = 1; account <= ACCOUNTS; account++) {
			String name = "account-" + account;
			Files.write(this.directory.resolve(name + ".csv"),
					IntStream.range(0, IDS)
						.mapToObj((i) -> (i % 25 == 7) ? "unknown-" + name + "-" + i : name + "-" + i)
						.toList());
			text.append("""
					  - name: %1$s
					    credentials: {environment: ANY_}
					    ids: {files: [%1$s.csv]}
					""".formatted(name));
		}
		Files.writeString(this.directory.resolve("accounts.yml"), text);
	}

	/** A database, and a directory of reports. */
	private record Site(Path home, String name, PGSimpleDataSource database, Simulator simulator) {

		Path reports() {
			return this.home.resolve(this.name);
		}

		Map<String, Long> runs() {
			Map<String, Long> runs = new TreeMap<>();
			JdbcClient.create(this.database)
				.sql("select account, run_id from audit.audit_night_account")
				.query((RowCallbackHandler) (row) -> runs.put(row.getString(1), row.getLong(2)));
			return runs;
		}

		AuditProcess process() {
			SimulatorOptions keys = SimulatorOptions.defaults();
			return new AuditProcess(this.home).database(this.database)
				.environment("ANY_ALIBABA_CLOUD_ACCESS_KEY_ID", keys.accessKeyId())
				.environment("ANY_ALIBABA_CLOUD_ACCESS_KEY_SECRET", keys.accessKeySecret())
				.setting("audit.api.region", "cn-shanghai")
				.setting("audit.api.endpoint", this.simulator.endpoint())
				.setting("audit.api.rate", 0)
				.setting("audit.report.directory", this.name)
				.setting("audit.scale.poll-interval", "200ms")
				.setting("audit.scale.part-size", 25);
		}

	}

}
