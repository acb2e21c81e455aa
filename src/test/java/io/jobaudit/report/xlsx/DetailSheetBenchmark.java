package io.jobaudit.report.xlsx;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipFile;

import javax.sql.DataSource;

import io.jobaudit.ReportTexts;
import io.jobaudit.RunId;
import io.jobaudit.TestPostgres;
import io.jobaudit.report.RealisticRun;
import io.jobaudit.report.ReportSettings;
import io.jobaudit.report.definition.SheetDefinition;
import io.jobaudit.report.definition.WorkbookDefinition;
import io.jobaudit.report.definition.Workbooks;
import io.jobaudit.report.subject.ReportQueries;
import io.jobaudit.report.subject.ReportQuery;
import io.jobaudit.report.subject.ReportScope;
import io.jobaudit.report.subject.ReportSubject;
import io.jobaudit.report.xlsx.OpenWorkbook.ReproducibleWorkbook;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares the time of a detail sheet with that of a bare SXSSF loop that writes the same
 * cells, from the same query, with the same styles, window and zip.
 * {@code ./mvnw test -Pbench -Dtest=DetailSheetBenchmark}, with {@code -Dbench.rows=N}
 * for another number of rows.
 */
@Tag("bench")
class DetailSheetBenchmark {

	private static final Logger LOG = LoggerFactory.getLogger(DetailSheetBenchmark.class);

	private static final int PAIRS = 5;

	private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

	private static final WorkbookDefinition WORKBOOK = Workbooks.load(Path.of("no-such-directory"), Set.of())
		.stream()
		.filter((workbook) -> workbook.name().equals("token-spend"))
		.findFirst()
		.orElseThrow();

	private static final SheetDefinition TABLE = WORKBOOK.requireSheet(WORKBOOK.detail());

	private static final ReportQuery QUERY = WORKBOOK.query(TABLE);

	private final DataSource database = TestPostgres.migratedDatabase();

	private final TransactionTemplate snapshot = new TransactionTemplate(new JdbcTransactionManager(this.database));

	@TempDir
	private Path directory = Path.of("");

	@Test
	void timeOfTheEngineAgainstABareLoop() throws IOException {
		// given
		int rows = Integer.getInteger("bench.rows", 200_000);
		RunId run = RealisticRun.seedTokenJobs(this.database, rows);
		ReportScope scope = ReportScope.ofRun(run, ReportSettings.of(this.directory, ZONE));
		ReportQueries queries = new ReportQueries(this.database, scope, () -> false);
		Writing engine = new Writing(this.directory.resolve("engine.xlsx"), (out) -> writeByEngine(queries, out));
		Writing loop = new Writing(this.directory.resolve("loop.xlsx"), (out) -> writeByLoop(queries, out));
		seconds(engine);
		seconds(loop);
		assertThat(cells(engine.file()).equals(cells(loop.file()))).as("they write the same cells").isTrue();
		double reading = seconds(new Writing(this.directory.resolve("nothing"), (out) -> read(queries)));
		LOG.info("{} rows of {} columns; reading them alone takes {} s", rows, TABLE.columns().size(),
				rounded(reading));

		// when
		List<Double> ratios = new ArrayList<>();
		List<Double> ratiosOfWriting = new ArrayList<>();
		for (int pair = 1; pair <= PAIRS; pair++) {
			boolean isEngineFirst = pair % 2 == 1;
			double first = seconds(isEngineFirst ? engine : loop);
			double second = seconds(isEngineFirst ? loop : engine);
			double ofEngine = isEngineFirst ? first : second;
			double ofLoop = isEngineFirst ? second : first;
			ratios.add(ofEngine / ofLoop);
			ratiosOfWriting.add((ofEngine - reading) / (ofLoop - reading));
			LOG.info("pair {}: engine {} s ({} rows/s), bare loop {} s ({} rows/s): {} times", pair, rounded(ofEngine),
					Math.round(rows / ofEngine), rounded(ofLoop), Math.round(rows / ofLoop),
					rounded(ofEngine / ofLoop));
		}
		LOG.info("median: {} times the time of the bare loop; without the time of reading: {} times",
				rounded(median(ratios)), rounded(median(ratiosOfWriting)));
	}

	private static void writeByEngine(ReportQueries queries, OutputStream out) throws IOException {
		try (ReproducibleWorkbook file = new ReproducibleWorkbook("Benchmark", Instant.EPOCH)) {
			CellStyles styles = new CellStyles(file.getXSSFWorkbook());
			OpenWorkbook workbook = new OpenWorkbook(file, styles, new Links(styles), new ReportSubject("Benchmark", "",
					List.of(), List.of(), Instant.EPOCH, queries.scope(), ReportTexts.EN), "Benchmark", Map.of());
			new TableSheet(workbook, TABLE, TableSheet.MAX_ROWS, Map.of()).write(queries, QUERY);
			file.write(out);
		}
	}

	private static void writeByLoop(ReportQueries queries, OutputStream out) throws IOException {
		try (SXSSFWorkbook file = new SXSSFWorkbook(new XSSFWorkbook(), 100, false, false)) {
			new BareLoop(file, TABLE, ZONE).write(queries, QUERY);
			file.write(out);
		}
	}

	private static void read(ReportQueries queries) {
		queries.extract(QUERY, (rows) -> {
			long values = 0;
			while (rows.next()) {
				for (int column = 1; column <= TABLE.columns().size(); column++) {
					values += (rows.getString(column) != null) ? 1 : 0;
				}
			}
			return values;
		});
	}

	private double seconds(Writing writing) {
		Instant begin = Instant.now();
		this.snapshot.executeWithoutResult((status) -> writing.run());
		return Duration.between(begin, Instant.now()).toMillis() / 1000.0;
	}

	/** The XML of the first sheet between the tags of its data. */
	private static String cells(Path file) throws IOException {
		try (ZipFile zip = new ZipFile(file.toFile());
				InputStream sheet = zip.getInputStream(zip.getEntry("xl/worksheets/sheet1.xml"))) {
			String xml = new String(sheet.readAllBytes(), StandardCharsets.UTF_8);
			return xml.substring(xml.indexOf("<sheetData>"), xml.indexOf("</sheetData>"));
		}
	}

	private static double median(List<Double> values) {
		return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
	}

	private static String rounded(double value) {
		return String.format(Locale.ROOT, "%.2f", value);
	}

	/** A file and its writer. */
	private record Writing(Path file, Content content) {

		void run() {
			try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(this.file))) {
				this.content.writeTo(out);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

	private interface Content {

		void writeTo(OutputStream out) throws IOException;

	}

}
