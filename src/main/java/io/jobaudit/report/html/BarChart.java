package io.jobaudit.report.html;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.stream.IntStream;

import io.jobaudit.HtmlText;
import io.jobaudit.report.html.ChartPoints.Measure;

/** Bars from the left, each below its name and beside its amount. */
record BarChart(ChartPoints points) {

	private static final int HEAD = 24;

	private static final int NAME = 16;

	private static final int BAR = 10;

	private static final int BAR_WITH_GAP = 14;

	private static final int GAP = 8;

	void draw(Html html, String id) {
		int height = rowHeight() * this.points.names().size() + HEAD;
		int right = amountWidth();
		Svg.open(html, id, this.points, height, 0, right);
		html.line("text", this.points.categories(), "class", "axis", "y", "12");
		if (this.points.measures().size() == 1) {
			html.line("text", this.points.measures().get(0).name(), "class", "axis", "x", "100%", "y", "12", "dx",
					String.valueOf(right), "text-anchor", "end");
		}
		for (int point = 0; point < this.points.names().size(); point++) {
			int y = HEAD + point * rowHeight();
			html.line("text", HtmlText.brief(this.points.names().get(point), 56), "class", "name", "y",
					String.valueOf(y + NAME - 5));
			for (Measure measure : this.points.measures()) {
				y += (measure == this.points.measures().get(0)) ? NAME : BAR_WITH_GAP;
				drawBar(html, measure, point, y, right);
			}
		}
		html.close();
	}

	private void drawBar(Html html, Measure measure, int point, int y, int right) {
		html.empty("rect", "class", "track", "x", "0", "y", String.valueOf(y), "width", "100%", "height",
				String.valueOf(BAR));
		Svg.openColor(html, measure.hue());
		html.empty("rect", "x", "0", "y", String.valueOf(y), "width", Svg.percent(share(measure, point)), "height",
				String.valueOf(BAR));
		html.close();
		html.line("text", measure.text(point), "class", "amount", "x", "100%", "y", String.valueOf(y + BAR - 1), "dx",
				String.valueOf(right), "text-anchor", "end");
	}

	/** Length of a bar; the bar of the largest amount is as long as the chart is wide. */
	private double share(Measure measure, int point) {
		BigDecimal amount = measure.values().get(point);
		BigDecimal most = this.points.values().reduce(BigDecimal.ZERO, BigDecimal::max);
		return (amount != null && amount.signum() > 0) ? amount.divide(most, MathContext.DECIMAL64).doubleValue() : 0;
	}

	private int rowHeight() {
		return NAME + BAR_WITH_GAP * this.points.measures().size() + GAP;
	}

	private int amountWidth() {
		return 2 * GAP + this.points.measures()
			.stream()
			.flatMapToInt((measure) -> IntStream.range(0, measure.values().size())
				.map((point) -> Svg.widthOf(measure.text(point))))
			.max()
			.orElse(0);
	}

}
