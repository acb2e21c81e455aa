package io.jobaudit.report.xlsx;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;

import io.jobaudit.ReportTexts;
import io.jobaudit.report.definition.ColumnFormat;
import io.jobaudit.report.definition.WorkbookDefinition;
import io.jobaudit.report.subject.ReportSubject;
import io.jobaudit.report.subject.ReportSubject.Fact;
import io.jobaudit.report.table.CellLook;
import io.jobaudit.report.xlsx.AuditSheet.WrittenSheet;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.jspecify.annotations.Nullable;

/**
 * The sheet before the summary: what the workbook is for, whether it adds up, who signed
 * it.
 */
final class CoverSheet {

	static final String NAME = "Cover";

	private static final int[] WIDTHS = { 26, 42, 24, 34 };

	private final OpenWorkbook workbook;

	private final ReportTexts texts;

	private final WorkbookDefinition definition;

	private final XSSFSheet sheet;

	private int nextRow;

	CoverSheet(OpenWorkbook workbook, WorkbookDefinition definition) {
		this.workbook = workbook;
		this.texts = workbook.texts();
		this.definition = definition;
		this.sheet = workbook.createPage(NAME);
		this.sheet.getPrintSetup().setLandscape(false);
		this.sheet.getPrintSetup().setFitHeight((short) 1);
		for (int column = 0; column < WIDTHS.length; column++) {
			this.sheet.setColumnWidth(column, WIDTHS[column] * 256);
		}
	}

	void write(ReportSubject subject, List<Fact> facts, List<WrittenSheet> sheets, Checks checks) {
		band(this.texts.resolve(this.definition.title()), CellLook.TITLE);
		subject.subtitles().forEach((subtitle) -> band(subtitle, CellLook.SUBTITLE));
		section(this.texts.text("cover.purpose"));
		line(this.texts.resolve(Objects.requireNonNull(this.definition.purpose(), "no purpose")), null, CellLook.VALUE);
		section(this.texts.text("cover.checks"));
		boolean hasPassed = checks.passed() == checks.all();
		line(this.texts.text("cover.checks-passed", checks.passed(), checks.all()),
				hasPassed ? this.texts.text("cover.adds-up") : this.texts.text("cover.does-not-add-up"),
				hasPassed ? CellLook.CHECK_PASSED : CellLook.CHECK_FAILED);
		section(this.texts.text("cover.scope"));
		facts.stream()
			.filter((fact) -> fact.value() != null)
			.forEach((fact) -> line(fact.label(), fact.value(), CellLook.VALUE));
		section(this.texts.text("cover.sheets"));
		sheets.stream()
			.filter(WrittenSheet::isInFile)
			.forEach((written) -> line(this.texts.tab(written.name()), this.texts.resolve(written.title()),
					CellLook.VALUE));
		writeLegend();
		writeSignatures();
	}

	private void writeLegend() {
		section(this.texts.text("cover.legend"));
		line(this.texts.text("table.total"), this.texts.text("cover.legend-total"), CellLook.TOTAL);
		line(this.texts.text("table.control-total"), this.texts.text("cover.legend-control"), CellLook.CONTROL);
		line(this.texts.text("table.rounding"), this.texts.text("cover.legend-rounding"), CellLook.VALUE);
		line(this.texts.text("figure.check"), this.texts.text("cover.legend-check"), CellLook.CHECK_PASSED);
	}

	private void writeSignatures() {
		section(this.texts.text("cover.sign-off"));
		Row header = row();
		cell(header, 0, "", CellLook.HEADER);
		cell(header, 1, this.texts.text("cover.name"), CellLook.HEADER);
		cell(header, 2, this.texts.text("cover.date"), CellLook.HEADER);
		cell(header, 3, this.texts.text("cover.signature"), CellLook.HEADER);
		writeSignature(this.texts.text("cover.prepared"));
		writeSignature(this.texts.text("cover.reviewed"));
		writeSignature(this.texts.text("cover.approved"));
	}

	private void writeSignature(String role) {
		Row row = row();
		row.setHeightInPoints(24);
		cell(row, 0, role, CellLook.VALUE);
		for (int blank = 1; blank < WIDTHS.length; blank++) {
			cell(row, blank, null, CellLook.VALUE);
		}
	}

	private void section(String name) {
		this.nextRow++;
		band(name, CellLook.SECTION);
	}

	private void band(String text, CellLook look) {
		this.workbook.writeBand(row(), WIDTHS.length, text, look);
	}

	private void line(@Nullable Object first, @Nullable Object second, CellLook look) {
		Row row = row();
		cell(row, 0, first, look);
		cell(row, 1, second, CellLook.VALUE);
	}

	private void cell(Row row, int column, @Nullable Object value, CellLook look) {
		boolean isTime = value instanceof OffsetDateTime;
		this.workbook.write(row.createCell(column), value, look, isTime ? ColumnFormat.INSTANT : ColumnFormat.TEXT);
	}

	private Row row() {
		return this.sheet.createRow(this.nextRow++);
	}

	/** How many of all checks and control totals have passed. */
	record Checks(long passed, long all) {
	}

}
