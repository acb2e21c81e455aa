package io.jobaudit.report.html;

import java.math.BigDecimal;
import java.util.List;

import io.jobaudit.report.definition.ChartDefinition;
import io.jobaudit.report.html.ChartPoints.Measure;
import io.jobaudit.report.table.TextWidth;

/** Columns or a line above names or days, with axes. */
final class UprightChart {

	private static final int FLAT_LABELS = 18;

	/** Height that a character of a slanted label adds. */
	private static final double STEEP_CHARACTER = 4.4;

	private static final int NAME_OF_AXIS = 18;

	private static final int GAP = 8;

	private static final int LEAST_SIDE = 34;

	/** Space to the left of the first slanted label. */
	private static final int STEEP_SIDE = 76;

	private final ChartPoints points;

	private final NameAxis names;

	private final AmountScale amounts;

	private final PlotArea plot;

	UprightChart(ChartPoints points) {
		this.points = points;
		this.names = NameAxis.of(points);
		this.amounts = AmountScale.of(points.values().toList(), points.measures().get(0).format());
		this.plot = new PlotArea(points.names(), this.names, this.amounts);
	}

	void draw(Html html, String id) {
		int foot = PlotArea.BOTTOM + heightOfLabels() + NAME_OF_AXIS;
		int left = Math.max(side(this.amounts), this.names.isSteep() ? STEEP_SIDE : 0);
		Svg.open(html, id, this.points, foot, left, side(AmountScale.ofShares()));
		if (this.points.measures().size() == 1) {
			html.line("text", this.points.measures().get(0).name(), "class", "axis", "y", "12", "dx",
					String.valueOf(-left));
		}
		drawAmounts(html);
		if (this.points.chart().type() == ChartDefinition.Type.LINE) {
			this.points.measures().forEach((measure) -> this.plot.drawLine(html, measure));
		}
		else {
			this.plot.drawColumns(html, this.points.measures());
		}
		drawCumulative(html);
		drawNames(html);
		html.line("text", this.points.categories(), "class", "axis", "x", "50%", "y", String.valueOf(foot - 4),
				"text-anchor", "middle");
		html.close();
	}

	private void drawAmounts(Html html) {
		for (BigDecimal tick : this.amounts.ticks()) {
			String y = this.plot.y(tick);
			html.empty("line", "class", (tick.signum() == 0) ? "base" : "grid", "x1", "0", "x2", "100%", "y1", y, "y2",
					y);
			html.line("text", this.amounts.label(tick), "y", y, "dx", String.valueOf(-GAP), "dy", "4", "text-anchor",
					"end");
		}
	}

	private void drawCumulative(Html html) {
		Measure cumulative = this.points.cumulative();
		if (cumulative == null) {
			return;
		}
		AmountScale shares = AmountScale.ofShares();
		PlotArea area = new PlotArea(this.points.names(), this.names, shares);
		for (BigDecimal tick : shares.ticks()) {
			html.line("text", shares.label(tick), "x", "100%", "y", area.y(tick), "dx", String.valueOf(GAP), "dy", "4");
		}
		area.drawLine(html, cumulative);
	}

	private void drawNames(Html html) {
		for (NameAxis.Tick tick : this.names.ticks()) {
			// Text rotates about the corner of its drawing, which is at its place.
			html.open("svg", "x", Svg.percent(tick.at()), "y", String.valueOf(PlotArea.BOTTOM), "class",
					tick.isSpare() ? "tick spare" : "tick");
			if (this.names.isSteep()) {
				html.line("text", tick.label(), "transform", "rotate(-45)", "x", "-4", "y", "12", "text-anchor", "end");
			}
			else {
				html.line("text", tick.label(), "y", "16", "text-anchor", "middle");
			}
			html.close();
		}
	}

	private int heightOfLabels() {
		int longest = this.names.ticks().stream().mapToInt((tick) -> TextWidth.of(tick.label())).max().orElse(0);
		return FLAT_LABELS + (this.names.isSteep() ? (int) (longest * STEEP_CHARACTER) : 0);
	}

	private static int side(AmountScale scale) {
		List<String> labels = scale.ticks().stream().map(scale::label).toList();
		return Math.max(LEAST_SIDE, 2 * GAP + labels.stream().mapToInt(Svg::widthOf).max().orElse(0));
	}

}
