package io.jobaudit.report.html;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

import io.jobaudit.ReportTexts;
import io.jobaudit.report.definition.ColumnFormat;
import io.jobaudit.report.table.CellLook;
import io.jobaudit.report.table.KeyFigure;
import io.jobaudit.report.table.ValueText;

/** The key figures of a workbook's summary as a table on a page. */
record KeyFigureTable(List<KeyFigure> figures) {

	void write(Html html) {
		if (this.figures.isEmpty()) {
			return;
		}
		html.open("table", "class", "summary").line("caption", ReportTexts.text("page.key-figures"));
		html.open("thead")
			.open("tr")
			.line("th", ReportTexts.text("page.figure"), "scope", "col")
			.line("th", ReportTexts.text("page.amount"), "scope", "col", "class", "number");
		html.line("th", ReportTexts.text("page.share"), "scope", "col", "class", "number").close().close();
		this.figures.stream()
			.collect(Collectors.groupingBy(KeyFigure::section, LinkedHashMap::new, Collectors.toList()))
			.forEach((section, inIt) -> writeSection(html, section, inIt));
		html.close();
	}

	private void writeSection(Html html, String section, List<KeyFigure> inIt) {
		html.open("tbody").open("tr");
		html.line("th", HtmlText.brief(section), "class", "section", "colspan", "3", "scope", "rowgroup").close();
		inIt.forEach((figure) -> writeFigure(html, figure));
		html.close();
	}

	private void writeFigure(Html html, KeyFigure figure) {
		html.open("tr");
		if (figure == this.figures.get(0)) {
			html.open("th", "scope", "row", "class", "headline");
		}
		else {
			html.open("th", "scope", "row");
		}
		html.line("span", HtmlText.brief(figure.label()), "class", "label");
		if (figure.note() != null) {
			html.text(" ").line("span", HtmlText.brief(figure.note()), "class", "note");
		}
		html.close();
		writeAmount(html, figure);
		html.line("td", (figure.share() != null) ? ValueText.of(figure.share(), ColumnFormat.PERCENT) : "", "class",
				"number");
		html.close();
	}

	private void writeAmount(Html html, KeyFigure figure) {
		html.open("td", "class", (figure == this.figures.get(0)) ? "number headline" : "number");
		if (figure.isCheck()) {
			boolean hasPassed = figure.look() == CellLook.CHECK_PASSED;
			html.line("span", hasPassed ? ReportTexts.text("page.check-passed") : ReportTexts.text("page.check-failed"),
					"class", hasPassed ? "passed" : "failed")
				.text(" ");
		}
		html.text(ValueText.of(figure.amount(), figure.format(), figure.currency())).close();
	}

}
