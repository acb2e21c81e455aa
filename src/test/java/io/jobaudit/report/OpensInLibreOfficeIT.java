package io.jobaudit.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.jobaudit.RunId;
import io.jobaudit.TestPostgres;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** LibreOffice opens every workbook and shows what we wrote. */
class OpensInLibreOfficeIT {

	private static final String STALE = "stale.xlsx";

	@TempDir
	private static Path directory;

	private static LibreOffice libreOffice;

	/** Our workbooks, named after their runs. */
	private static List<Path> written;

	@BeforeAll
	static void writeWorkbooks() throws IOException {
		Assumptions.assumeTrue(LibreOffice.isOnThePath("soffice"),
				"soffice is not on the PATH: nothing is said about LibreOffice");
		DataSource database = TestPostgres.migratedDatabase();
		libreOffice = new LibreOffice(directory);
		written = new ArrayList<>();
		addWorkbooks(database, RealisticRun.seed(database, 3_000), "realistic-");
		addWorkbooks(database, HostileRun.seed(database), "hostile-");
	}

	@Test
	void everyCellOfEverySheetHasTheValueThatWeWrote() throws Exception {
		// given
		List<Path> files = new ArrayList<>(written);
		files.add(withStaleFormula(directory.resolve(STALE)));
		// when
		Path opened = libreOffice.convert("xlsx", files);
		// then
		assertThat(cells(opened.resolve(STALE)).get("Links!A1")).as("formulas are worked out again")
			.isEqualTo(new Value(CellType.STRING, "fresh", 0));
		for (Path file : written) {
			assertThat(differences(cells(file), cells(opened.resolve(file.getFileName()))))
				.as("in %s", file.getFileName())
				.isEmpty();
		}
	}

	@Test
	void noNumberIsTooWideForItsColumn() throws Exception {
		Assumptions.assumeTrue(LibreOffice.isOnThePath("pdftotext"),
				"pdftotext is not on the PATH: nothing is said about widths as they are printed");
		// when
		Path printed = libreOffice.convert("pdf", written);
		// then
		for (Path file : written) {
			Path pdf = printed.resolve(file.getFileName().toString().replace(".xlsx", ".pdf"));
			assertThat(libreOffice.run(List.of("pdftotext", pdf.toString(), "-"))).as("text of %s", pdf)
				.contains("Page 1 of ")
				.doesNotContain("###");
		}
	}

	private static void addWorkbooks(DataSource database, RunId run, String prefix) throws IOException {
		WrittenReports reports = new ReportWriter(database,
				ReportSettings.of(directory.resolve("reports"), ZoneId.of("Asia/Shanghai")))
			.write(run, () -> false);
		try (Stream<Path> files = Files.list(reports.directory())) {
			for (Path file : files.filter((path) -> path.toString().endsWith(".xlsx")).sorted().toList()) {
				written.add(Files.copy(file, directory.resolve(prefix + file.getFileName())));
			}
		}
	}

	private static Path withStaleFormula(Path file) throws IOException {
		try (XSSFWorkbook workbook = new XSSFWorkbook(); OutputStream out = Files.newOutputStream(file)) {
			Cell cell = workbook.createSheet("Links").createRow(0).createCell(0);
			cell.setCellFormula("HYPERLINK(\"#Links!A1\",\"fresh\")");
			cell.setCellValue("stale");
			workbook.write(out);
		}
		return file;
	}

	/** All cells with contents, by sheet and address. */
	private static Map<String, Value> cells(Path file) throws IOException {
		Map<String, Value> cells = new LinkedHashMap<>();
		try (InputStream in = Files.newInputStream(file); Workbook workbook = new XSSFWorkbook(in)) {
			for (Sheet sheet : workbook) {
				sheet.forEach((row) -> row.forEach((cell) -> {
					Value value = Value.of(cell);
					if (!value.shown().isEmpty()) {
						cells.put(sheet.getSheetName() + "!" + cell.getAddress(), value);
					}
				}));
			}
		}
		return cells;
	}

	private static List<String> differences(Map<String, Value> ours, Map<String, Value> theirs) {
		return Stream.concat(ours.keySet().stream(), theirs.keySet().stream())
			.distinct()
			.filter((address) -> !Value.areSame(ours.get(address), theirs.get(address)))
			.map((address) -> "%s: %s, not %s".formatted(address, theirs.get(address), ours.get(address)))
			.limit(20)
			.toList();
	}

	/**
	 * The contents of a cell.
	 *
	 * @param shown as a reader sees it
	 * @param number 0 for a text
	 */
	private record Value(CellType type, String shown, double number) {

		/** A spreadsheet keeps 15 of the 17 digits of a number in the file. */
		private static final double PRECISION = 1e-14;

		static Value of(Cell cell) {
			CellType type = (cell.getCellType() == CellType.FORMULA) ? cell.getCachedFormulaResultType()
					: cell.getCellType();
			return switch (type) {
				case NUMERIC -> new Value(type, ReadWorkbook.text(cell), cell.getNumericCellValue());
				// LibreOffice ends a line as Unix does.
				case STRING -> new Value(type, cell.getStringCellValue().replaceAll("\r\n?", "\n"), 0);
				default -> new Value(type, ReadWorkbook.text(cell), 0);
			};
		}

		static boolean areSame(@Nullable Value one, @Nullable Value other) {
			return one != null && other != null && one.type == other.type && one.shown.equals(other.shown)
					&& Math.abs(one.number - other.number) <= PRECISION * Math.abs(one.number);
		}

	}

}
