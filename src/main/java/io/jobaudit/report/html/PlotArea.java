package io.jobaudit.report.html;

import java.math.BigDecimal;
import java.util.List;

import io.jobaudit.HtmlText;
import io.jobaudit.report.html.ChartPoints.Measure;
import org.jspecify.annotations.Nullable;

/** The area where columns and lines are drawn. */
record PlotArea(List<String> points, NameAxis names, AmountScale amounts) {

	private static final int HEIGHT = 200;

	static final int BOTTOM = 26 + HEIGHT;

	/** Share of its width that a point fills, as in a workbook's chart. */
	private static final double FILLED = 1 / 1.45;

	private static final int MANY_POINTS = 60;

	void drawColumns(Html html, List<Measure> measures) {
		double width = FILLED * this.names.room() / measures.size();
		for (int index = 0; index < measures.size(); index++) {
			Measure measure = measures.get(index);
			double shift = (index - measures.size() / 2.0) * width;
			Svg.openColor(html, measure.hue());
			for (int point = 0; point < this.points.size(); point++) {
				BigDecimal amount = measure.values().get(point);
				if (amount != null) {
					drawColumn(html, this.names.middle(point) + shift, width, amount, hint(measure, point));
				}
			}
			html.close();
		}
	}

	/** Draws a line, with a gap where an amount is unknown. */
	void drawLine(Html html, Measure measure) {
		Svg.openColor(html, measure.hue());
		for (int point = 1; point < this.points.size(); point++) {
			BigDecimal from = measure.values().get(point - 1);
			BigDecimal to = measure.values().get(point);
			if (from != null && to != null) {
				html.empty("line", "class", "stroke", "stroke", "currentColor", "x1", x(point - 1), "y1", y(from), "x2",
						x(point), "y2", y(to));
			}
		}
		for (int point = 0; point < this.points.size(); point++) {
			drawPoint(html, point, measure.values().get(point), hint(measure, point));
		}
		html.close();
	}

	private void drawColumn(Html html, double left, double width, BigDecimal amount, String hint) {
		BigDecimal top = amount.max(BigDecimal.ZERO);
		double share = this.amounts.at(top) - this.amounts.at(amount.min(BigDecimal.ZERO));
		html.open("rect", "x", Svg.percent(left), "y", y(top), "width", Svg.percent(width), "height",
				Svg.pixels(HEIGHT * share));
		html.line("title", hint).close();
	}

	private void drawPoint(Html html, int point, @Nullable BigDecimal amount, String hint) {
		if (amount != null) {
			html.open("circle", "cx", x(point), "cy", y(amount), "r", (this.points.size() > MANY_POINTS) ? "1.5" : "3");
			html.line("title", hint).close();
		}
	}

	private String hint(Measure measure, int point) {
		return "%s, %s: %s".formatted(HtmlText.brief(this.points.get(point)), measure.name(), measure.text(point));
	}

	private String x(int point) {
		return Svg.percent(this.names.middle(point));
	}

	String y(BigDecimal amount) {
		return Svg.pixels(BOTTOM - HEIGHT * this.amounts.at(amount));
	}

}
