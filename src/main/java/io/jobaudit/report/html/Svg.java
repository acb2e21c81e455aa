package io.jobaudit.report.html;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.stream.IntStream;

import io.jobaudit.HtmlText;
import io.jobaudit.report.definition.ChartDefinition.ChartColor;
import io.jobaudit.report.definition.YamlValue;
import io.jobaudit.report.html.ChartPoints.Measure;
import io.jobaudit.report.table.TextWidth;

/**
 * Drawings in the page. Widths are in percent and heights in pixels, so that they fit any
 * screen and text keeps its size.
 */
final class Svg {

	/** Width of a character, in pixels. */
	private static final double CHARACTER = 6.2;

	private Svg() {
	}

	/**
	 * Begins the drawing of a chart, with its description.
	 * @param height in pixels
	 * @param left space to the left of the part in percent, in pixels
	 * @param right space to its right
	 */
	static void open(Html html, String id, ChartPoints points, int height, int left, int right) {
		html.open("svg", "class", "chart", "role", "img", "aria-labelledby", id + "-title", "aria-describedby",
				id + "-gist", "width", "100%", "height", String.valueOf(height), "style",
				"padding: 0 " + right + "px 0 " + left + "px");
		html.line("title", points.chart().title(points.texts()), "id", id + "-title");
		html.line("desc", new ChartDescription(points).text(), "id", id + "-gist");
	}

	static void openColor(Html html, ChartColor hue) {
		html.open("g", "class", YamlValue.name(hue), "color", "#" + hue.solid(), "fill", "currentColor");
	}

	static String percent(double fraction) {
		return plain(fraction * 100, 3) + "%";
	}

	static String pixels(double length) {
		return plain(length, 2);
	}

	static int widthOf(String text) {
		return (int) Math.ceil(TextWidth.of(text) * CHARACTER);
	}

	private static String plain(double number, int digits) {
		return BigDecimal.valueOf(number).setScale(digits, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString();
	}

	/** What a chart shows, in words, for readers who cannot see it. */
	private record ChartDescription(ChartPoints points) {

		private static final BigDecimal MOST_OF_IT = new BigDecimal("0.8");

		String text() {
			List<String> names = this.points.names();
			StringJoiner gist = new StringJoiner(" ");
			gist.add(range(names.size(), this.points.categories(), HtmlText.brief(names.get(0)),
					HtmlText.brief(names.get(names.size() - 1))));
			this.points.measures().forEach((measure) -> gist.add(extremes(measure)));
			Measure cumulative = this.points.cumulative();
			if (cumulative != null) {
				gist.add(reach(cumulative));
			}
			return gist.toString();
		}

		private String range(Object... values) {
			return switch (this.points.chart().type()) {
				case COLUMN -> this.points.texts().text("chart.columns", values);
				case BAR -> this.points.texts().text("chart.bars", values);
				case LINE -> this.points.texts().text("chart.line", values);
				case PARETO -> this.points.texts().text("chart.pareto", values);
			};
		}

		private String extremes(Measure measure) {
			List<Integer> known = IntStream.range(0, measure.values().size())
				.filter((point) -> measure.values().get(point) != null)
				.boxed()
				.toList();
			if (known.isEmpty()) {
				return this.points.texts().text("chart.unknown", measure.name());
			}
			Comparator<Integer> byAmount = Comparator
				.comparing((point) -> Objects.requireNonNull(measure.values().get(point)));
			int most = known.stream().max(byAmount.thenComparing(Comparator.reverseOrder())).orElseThrow();
			int least = known.stream().min(byAmount).orElseThrow();
			return this.points.texts()
				.text("chart.extremes", measure.name(), measure.text(most), name(most), measure.text(least),
						name(least));
		}

		/** How many of the first points make up most of the total. */
		private String reach(Measure cumulative) {
			List<String> names = this.points.names();
			int enough = IntStream.range(0, names.size()).filter((point) -> {
				BigDecimal share = cumulative.values().get(point);
				return share != null && share.compareTo(MOST_OF_IT) >= 0;
			}).findFirst().orElse(names.size() - 1);
			return this.points.texts().text("chart.reach", cumulative.name(), cumulative.text(enough), enough + 1);
		}

		private String name(int point) {
			return HtmlText.brief(this.points.names().get(point));
		}

	}

}
