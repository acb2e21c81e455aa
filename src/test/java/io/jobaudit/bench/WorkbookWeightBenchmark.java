package io.jobaudit.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

import io.jobaudit.RunId;
import io.jobaudit.TestPostgres;
import io.jobaudit.cli.AuditProcess;
import io.jobaudit.cli.AuditProcess.Ended;
import io.jobaudit.report.RealisticRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Long detail sheets in 256 MB of heap, as a process of their own.
 * {@code ./mvnw test -Pbench -Dtest=WorkbookWeightBenchmark}
 */
@Tag("bench")
class WorkbookWeightBenchmark {

	private static final Logger LOG = LoggerFactory.getLogger(WorkbookWeightBenchmark.class);

	/** Such as {@code Pause Young (Normal) (G1 Evacuation Pause) 154M->38M(256M)}. */
	private static final Pattern COLLECTION = Pattern.compile("(\\d+)M->(\\d+)M\\(\\d+M\\)");

	@TempDir
	private Path directory = Path.of("");

	@ParameterizedTest
	@CsvSource({ "500000, 1", "1200000, 2" })
	void rowsPerSecondAndPeakMemory(int jobs, int sheets) throws Exception {
		// given
		PGSimpleDataSource database = TestPostgres.migratedDatabase();
		RunId run = RealisticRun.seedTokenJobs(database, jobs);
		Path log = this.directory.resolve("gc.log");
		Instant begin = Instant.now();
		// when
		Ended ended = new AuditProcess(this.directory).database(database)
			.jvmOptions("-Xmx256m", "-Xlog:gc:file=" + log)
			.run("report", "--run", run.toString(), "--reports", "reports");
		// then
		assertThat(ended.exitCode()).as(ended.err()).isZero();
		double seconds = Duration.between(begin, Instant.now()).toMillis() / 1000.0;
		Path reports = this.directory.resolve("reports/run-" + run);
		Map<String, Long> rows = rows(reports.resolve("token-spend.xlsx"), "Token jobs");
		assertThat(rows).hasSize(sheets);
		assertThat(rows.values().stream().mapToLong(Long::longValue).sum())
			.as("a header on each sheet, and the totals on the last")
			.isEqualTo(jobs + sheets + 1);
		long failed = rows(reports.resolve("failures.xlsx"), "Failed jobs").values().iterator().next() - 1;
		LOG.info("-Xmx256m: {} token jobs on {}, {} failed jobs, all files of the run in {} s, start-up included "
				+ "({} detail rows/s); peak resident {} MB, peak heap {} MB, most live after a collection {} MB; {}",
				jobs, rows, failed, seconds, Math.round((jobs + failed) / seconds), ended.peakResidentBytes() >> 20,
				heap(log, 1), heap(log, 2), sizes(reports));
	}

	/** Rows of the sheets whose name begins so, by name. */
	private static Map<String, Long> rows(Path workbook, String name) throws Exception {
		Map<String, Long> rows = new LinkedHashMap<>();
		try (ZipFile zip = new ZipFile(workbook.toFile())) {
			int number = 0;
			XMLStreamReader sheets = reader(zip, "xl/workbook.xml");
			while (sheets.hasNext()) {
				if (sheets.next() == XMLStreamReader.START_ELEMENT && sheets.getLocalName().equals("sheet")) {
					number++;
					String found = sheets.getAttributeValue(null, "name");
					if (found.startsWith(name)) {
						rows.put(found, rows(zip, "xl/worksheets/sheet" + number + ".xml"));
					}
				}
			}
		}
		return rows;
	}

	private static long rows(ZipFile zip, String sheet) throws Exception {
		long rows = 0;
		XMLStreamReader xml = reader(zip, sheet);
		while (xml.hasNext()) {
			if (xml.next() == XMLStreamReader.START_ELEMENT && xml.getLocalName().equals("row")) {
				rows++;
				assertThat(xml.getAttributeValue(null, "r")).isEqualTo(Long.toString(rows));
			}
		}
		return rows;
	}

	private static XMLStreamReader reader(ZipFile zip, String entry) throws IOException, XMLStreamException {
		InputStream in = zip.getInputStream(zip.getEntry(entry));
		return XMLInputFactory.newDefaultFactory()
			.createXMLStreamReader(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
	}

	private static long heap(Path log, int group) throws IOException {
		return COLLECTION.matcher(Files.readString(log))
			.results()
			.map((MatchResult found) -> found.group(group))
			.mapToLong(Long::parseLong)
			.max()
			.orElseThrow();
	}

	private static String sizes(Path reports) throws IOException {
		StringBuilder sizes = new StringBuilder();
		try (Stream<Path> files = Files.list(reports)) {
			for (Path file : files.sorted().toList()) {
				sizes.append(file.getFileName()).append(' ').append(Files.size(file) >> 10).append(" KB ");
			}
		}
		return sizes.toString().strip();
	}

}
