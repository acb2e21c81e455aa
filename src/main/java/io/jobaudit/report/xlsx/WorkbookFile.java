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
import io.jobaudit.report.table.KeyFigure;
import io.jobaudit.report.xlsx.AuditSheet.WrittenSheet;
import io.jobaudit.report.xlsx.OpenWorkbook.ReproducibleWorkbook;

/** A workbook of a run or a period: summary, tables, audit. */
public record WorkbookFile(WorkbookDefinition definition, ReportSubject subject, List<KeyFigure> figures,
		ReportQueries queries, int maxRows) {

	public long writeTo(OutputStream out) throws IOException {
		try (ReproducibleWorkbook workbook = new ReproducibleWorkbook(this.definition.title(),
				this.subject.instant())) {
			List<WrittenSheet> sheets = fill(workbook);
			workbook.setActiveSheet(0);
			workbook.write(out);
			return WrittenSheet.named(sheets, this.definition.detail().text()).rows();
		}
	}

	private List<WrittenSheet> fill(ReproducibleWorkbook file) {
		OpenWorkbook workbook = OpenWorkbook.of(file, this.subject.scope().zone(),
				this.definition.title() + ", " + this.subject.name());
		SummarySheet summary = new SummarySheet(workbook);
		List<WrittenSheet> sheets = new ArrayList<>();
		sheets.add(summary.write(this.definition.title(), this.subject.subtitles(), this.figures,
				this.definition.summary()));
		for (SheetDefinition table : this.definition.tables()) {
			sheets.add(new TableSheet(workbook, table, this.maxRows).write(this.queries, this.definition.query(table)));
		}
		summary.draw(this.definition, sheets);
		workbook.links().write();
		new AuditSheet(workbook).write(facts(), sheets, this.queries, this.definition.audit());
		return sheets;
	}

	private List<ReportSubject.Fact> facts() {
		List<ReportSubject.Fact> facts = new ArrayList<>(this.subject.facts());
		if (this.definition.hasMoney()) {
			facts.add(new ReportSubject.Fact(ReportTexts.text("fact.cost-centre"), this.subject.scope().groupBy()));
			facts.add(new ReportSubject.Fact(ReportTexts.text("fact.money"), ReportTexts.text("money.rule")));
		}
		return facts;
	}

}
