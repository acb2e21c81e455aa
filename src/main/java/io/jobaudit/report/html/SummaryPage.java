package io.jobaudit.report.html;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.jobaudit.ReportTexts;
import io.jobaudit.report.definition.ChartDefinition;
import io.jobaudit.report.definition.ColumnFormat;
import io.jobaudit.report.definition.SheetDefinition;
import io.jobaudit.report.definition.WorkbookDefinition;
import io.jobaudit.report.html.Html.HtmlText;
import io.jobaudit.report.subject.ReportQueries;
import io.jobaudit.report.subject.ReportSubject;
import io.jobaudit.report.subject.ReportSubject.Fact;
import io.jobaudit.report.table.CellLook;
import io.jobaudit.report.table.ChartedSheet;
import io.jobaudit.report.table.KeyFigure;
import io.jobaudit.report.table.ValueText;
import org.springframework.core.io.ClassPathResource;

/** {@code summary.html}: key figures and charts of all workbooks, self-contained. */
public record SummaryPage(Map<WorkbookDefinition, List<KeyFigure>> figures, ReportSubject subject,
		ReportQueries queries) {

	public static final String FILE_NAME = "summary.html";

	private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; "
			+ "form-action 'none'";

	/** Writes the page, which has no detail rows. */
	public long writeTo(OutputStream out) throws IOException {
		out.write(html().getBytes(StandardCharsets.UTF_8));
		return 0;
	}

	private String html() throws IOException {
		Html html = new Html().open("html", "lang", ReportTexts.text("language"));
		writeHead(html);
		html.open("body").open("div", "class", "page");
		writeBanner(html, this.figures.values().stream().flatMap(List::stream).filter(KeyFigure::isCheck).toList());
		this.figures.forEach((workbook, itsFigures) -> writeWorkbook(html, workbook, itsFigures));
		writeFacts(html);
		return html.close().close().close().page();
	}

	/** Writes a head with a policy that forbids fetching and running anything. */
	private void writeHead(Html html) throws IOException {
		html.open("head").empty("meta", "charset", "utf-8");
		html.empty("meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
		html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
		html.empty("meta", "name", "color-scheme", "content", "light dark");
		html.line("title", title());
		html.style(new ClassPathResource("summary.css", getClass()).getContentAsString(StandardCharsets.UTF_8)).close();
	}

	private String title() {
		return ReportTexts.text("page.title", this.subject.name());
	}

	private void writeBanner(Html html, List<KeyFigure> checks) {
		html.open("div", "class", "banner").line("h1", title());
		this.subject.subtitles().forEach((subtitle) -> html.line("p", HtmlText.brief(subtitle)));
		long failed = checks.stream().filter((check) -> check.look() != CellLook.CHECK_PASSED).count();
		if (!checks.isEmpty()) {
			String result = (failed > 0) ? ReportTexts.text("page.checks-failed", failed, checks.size())
					: ReportTexts.text("page.checks-passed", checks.size());
			html.open("p").line("span", result, "class", (failed > 0) ? "failed" : "passed").close();
		}
		html.close();
	}

	private void writeWorkbook(Html html, WorkbookDefinition workbook, List<KeyFigure> figures) {
		html.open("div", "class", (workbook == this.figures.keySet().iterator().next()) ? "workbook" : "workbook next");
		html.line("h2", workbook.title(), "id", workbook.name());
		html.open("p", "class", "files").text(ReportTexts.text("page.files") + " ");
		html.line("a", workbook.fileName(), "href", workbook.fileName());
		workbook.tables().stream().map(SheetDefinition::csv).filter((csv) -> csv != null).forEach((csv) -> {
			html.text(", ").line("a", csv.text(), "href", csv.text());
		});
		html.close();
		new KeyFigureTable(figures).write(html);
		int number = 0;
		for (ChartDefinition each : workbook.charts()) {
			for (var chart : ChartedSheet.readEach(this.queries, workbook, each).entrySet()) {
				new ChartSection(workbook, chart.getKey(), chart.getValue(), zone()).write(html,
						workbook.name() + "-" + ++number);
			}
		}
		html.close();
	}

	private void writeFacts(Html html) {
		html.open("div", "class", "workbook about")
			.line("h2", ReportTexts.text("page.about"))
			.open("table", "class", "facts");
		html.line("caption", ReportTexts.text("page.facts")).open("tbody");
		for (Fact fact : this.subject.facts()) {
			html.open("tr").line("th", fact.label(), "scope", "row");
			html.line("td", HtmlText.brief(ValueText.of(fact.value(), ColumnFormat.INSTANT, zone()))).close();
		}
		html.close().close().close();
	}

	private ZoneId zone() {
		return this.subject.scope().zone();
	}

	/** The key figures of a workbook's summary as a table on a page. */
	private record KeyFigureTable(List<KeyFigure> figures) {

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
				html.line("span",
						hasPassed ? ReportTexts.text("page.check-passed") : ReportTexts.text("page.check-failed"),
						"class", hasPassed ? "passed" : "failed")
					.text(" ");
			}
			html.text(ValueText.of(figure.amount(), figure.format(), figure.currency())).close();
		}

	}

}
