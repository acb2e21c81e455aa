package io.jobaudit.report.xlsx;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

import io.jobaudit.ReportTexts;
import io.jobaudit.report.definition.SheetDefinition;
import io.jobaudit.report.definition.WorkbookDefinition;
import io.jobaudit.report.subject.ReportQueries;
import io.jobaudit.report.subject.ReportSubject;
import io.jobaudit.report.table.CellLook;
import io.jobaudit.report.table.KeyFigure;
import io.jobaudit.report.xlsx.AuditSheet.WrittenSheet;
import io.jobaudit.report.xlsx.OpenWorkbook.ReproducibleWorkbook;
import io.jobaudit.report.xlsx.SummarySheet.WrittenTable;

/** A workbook of a run or a period: summary, tables, audit. */
public record WorkbookFile(WorkbookDefinition definition, ReportSubject subject, List<KeyFigure> figures,
		ReportQueries queries, int maxRows) {

	public long writeTo(OutputStream out) throws IOException {
		try (ReproducibleWorkbook workbook = new ReproducibleWorkbook(texts().resolve(this.definition.title()),
				this.subject.instant())) {
			List<WrittenSheet> sheets = fill(workbook);
			workbook.setActiveSheet(workbook.getSheetIndex(texts().tab(SummarySheet.NAME)));
			workbook.write(out);
			return WrittenSheet.named(sheets, this.definition.detail().text()).rows();
		}
	}

	private List<WrittenSheet> fill(ReproducibleWorkbook file) {
		OpenWorkbook workbook = OpenWorkbook.of(file, this.definition, this.subject);
		CoverSheet cover = (this.definition.purpose() != null) ? new CoverSheet(workbook, this.definition) : null;
		SummarySheet summary = new SummarySheet(workbook);
		ControlTotals totals = ControlTotals.read(this.queries, this.definition.audit());
		List<WrittenSheet> sheets = new ArrayList<>();
		sheets.add(summary.write(this.definition.title(), this.subject.subtitles(), this.figures,
				this.definition.summary()));
		List<WrittenTable> tables = new ArrayList<>();
		for (SheetDefinition table : this.definition.tables()) {
			WrittenSheet written = new TableSheet(workbook, table, this.maxRows, totals.of(table.name().text()))
				.write(this.queries, this.definition.query(table));
			tables.add(new WrittenTable(table, written));
			sheets.add(written);
		}
		summary.writeChecks(tables);
		summary.draw(this.definition, sheets);
		workbook.links().write();
		new AuditSheet(workbook).write(facts(), sheets, totals, this.definition.audit());
		if (cover != null) {
			cover.write(this.subject, facts(), sheets, checks(totals, sheets));
		}
		return sheets;
	}

	private ReportTexts texts() {
		return this.subject.texts();
	}

	private CoverSheet.Checks checks(ControlTotals totals, List<WrittenSheet> sheets) {
		List<KeyFigure> checks = this.figures.stream().filter(KeyFigure::isCheck).toList();
		long passed = checks.stream().filter((check) -> check.look() == CellLook.CHECK_PASSED).count();
		return new CoverSheet.Checks(passed + totals.passed(sheets), checks.size() + totals.all().size());
	}

	private List<ReportSubject.Fact> facts() {
		List<ReportSubject.Fact> facts = new ArrayList<>(this.subject.facts());
		if (this.definition.hasMoney()) {
			facts.add(new ReportSubject.Fact(texts().text("fact.cost-centre"), this.subject.scope().groupBy()));
			facts.add(new ReportSubject.Fact(texts().text("fact.money"), texts().text("money.rule")));
		}
		return facts;
	}

}
