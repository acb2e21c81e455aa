package io.jobaudit.report.html;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.jobaudit.HtmlTemplate;
import io.jobaudit.HtmlText;
import io.jobaudit.ReportTexts;
import io.jobaudit.report.definition.ColumnFormat;
import io.jobaudit.report.definition.LocatedText;
import io.jobaudit.report.definition.WorkbookDefinition;
import io.jobaudit.report.subject.ReportQueries;
import io.jobaudit.report.subject.ReportSubject;
import io.jobaudit.report.table.CellLook;
import io.jobaudit.report.table.KeyFigure;
import io.jobaudit.report.table.ValueText;
import org.jspecify.annotations.Nullable;

/**
 * {@code summary.html}: the answer, then charts and key figures of all workbooks,
 * self-contained. Its markup is in {@code page.html}, which reads it by the names of its
 * methods.
 */
public record SummaryPage(Map<WorkbookDefinition, List<KeyFigure>> figures, ReportSubject subject, PageAnswer answer,
		ReportQueries queries) {

	public static final String FILE_NAME = "summary.html";

	private static final HtmlTemplate TEMPLATE = HtmlTemplate.of(SummaryPage.class, "page.html");

	private static final String STYLE = HtmlTemplate.text(SummaryPage.class, "summary.css");

	/** Writes the page, which has no detail rows. */
	public long writeTo(OutputStream out) throws IOException {
		out.write(TEMPLATE.fill(this, this.subject.texts()).getBytes(StandardCharsets.UTF_8));
		return 0;
	}

	/** The checks of all workbooks. */
	public static List<KeyFigure> checks(Map<WorkbookDefinition, List<KeyFigure>> figures) {
		return figures.values().stream().flatMap(List::stream).filter(KeyFigure::isCheck).toList();
	}

	String style() {
		return STYLE;
	}

	List<String> sentences() {
		return this.answer.sentences(this.subject.name(), this.subject.texts());
	}

	List<PageAnswer.Tile> tiles() {
		return this.answer.tiles(this.subject.texts());
	}

	String title() {
		return this.subject.texts().text("page.title", this.subject.name());
	}

	List<String> subtitles() {
		return this.subject.subtitles().stream().map(HtmlText::brief).toList();
	}

	/** What the checks say; null when there are none. */
	@Nullable Badge badge() {
		List<KeyFigure> checks = checks(this.figures);
		long failed = checks.stream().filter((check) -> check.look() != CellLook.CHECK_PASSED).count();
		if (checks.isEmpty()) {
			return null;
		}
		return (failed > 0)
				? new Badge("failed", this.subject.texts().text("page.checks-failed", failed, checks.size()))
				: new Badge("passed", this.subject.texts().text("page.checks-passed", checks.size()));
	}

	List<WorkbookView> parts() {
		return this.figures.entrySet()
			.stream()
			.map((part) -> WorkbookView.of(part.getKey(), part.getValue(), this))
			.toList();
	}

	List<Line> facts() {
		return this.subject.facts()
			.stream()
			.map((fact) -> new Line(fact.label(),
					HtmlText.brief(ValueText.of(fact.value(), ColumnFormat.INSTANT, this.subject.scope().zone()))))
			.toList();
	}

	/** A name with a value. */
	record Line(String label, String value) {
	}

	/**
	 * A verdict.
	 *
	 * @param look passed or failed
	 */
	record Badge(String look, String text) {
	}

	/**
	 * What a workbook has.
	 *
	 * @param next the class of a part that is not the first; empty for the first
	 * @param csvFiles its tables as CSV
	 */
	record WorkbookView(String name, String title, String file, String next, List<String> csvFiles,
			List<ChartSection> charts, List<Section> sections) {

		static WorkbookView of(WorkbookDefinition workbook, List<KeyFigure> figures, SummaryPage page) {
			ReportTexts texts = page.subject.texts();
			return new WorkbookView(workbook.name(), texts.resolve(workbook.title()), workbook.fileName(),
					(workbook == page.figures.keySet().iterator().next()) ? "" : " next",
					workbook.tables()
						.stream()
						.flatMap((sheet) -> Stream.ofNullable(sheet.csv()))
						.map(LocatedText::text)
						.toList(),
					ChartSection.of(workbook, page.queries, page.subject), Section.of(figures, texts));
		}

		boolean hasFigures() {
			return !this.sections.isEmpty();
		}

	}

	/** Key figures under a heading. */
	record Section(String name, List<Figure> figures) {

		static List<Section> of(List<KeyFigure> figures, ReportTexts texts) {
			return figures.stream()
				.collect(Collectors.groupingBy(KeyFigure::section, LinkedHashMap::new, Collectors.toList()))
				.entrySet()
				.stream()
				.map((section) -> new Section(HtmlText.brief(texts.resolve(section.getKey())),
						section.getValue()
							.stream()
							.map((figure) -> Figure.of(figure, figure == figures.get(0), texts))
							.toList()))
				.toList();
		}

	}

	/**
	 * A key figure.
	 *
	 * @param headline the class of the first one; empty for others
	 * @param check its verdict; null when it is no check
	 */
	record Figure(String label, String note, String amount, String share, String headline, @Nullable Badge check) {

		static Figure of(KeyFigure figure, boolean isFirst, ReportTexts texts) {
			return new Figure(HtmlText.brief(texts.label(figure.label())),
					(figure.note() != null) ? HtmlText.brief(texts.resolve(figure.note())) : "",
					ValueText.of(figure.amount(), figure.format(), figure.currency()),
					(figure.share() != null) ? ValueText.of(figure.share(), ColumnFormat.PERCENT) : "",
					isFirst ? " headline" : "", figure.isCheck() ? verdict(figure.look(), texts) : null);
		}

		private static Badge verdict(CellLook look, ReportTexts texts) {
			return (look == CellLook.CHECK_PASSED) ? new Badge("passed", texts.text("page.check-passed"))
					: new Badge("failed", texts.text("page.check-failed"));
		}

		boolean hasNote() {
			return !this.note.isEmpty();
		}

	}

}
