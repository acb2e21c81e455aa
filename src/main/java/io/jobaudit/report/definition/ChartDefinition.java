package io.jobaudit.report.definition;

import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * A chart of columns of a table sheet that does not stream.
 *
 * @param categories name of the column that names the points
 * @param series columns that are measured
 * @param cumulative name of the column that a Pareto chart's line shows
 * @param most number of rows shown, from the top
 */
public record ChartDefinition(LocatedText title, Type type, LocatedText sheet, LocatedText categories,
		List<Series> series, @Nullable LocatedText cumulative, int most) {

	private static final int MOST_BARS = 25;

	private static final int MOST_POINTS = 400;

	static ChartDefinition read(YamlValue value) {
		YamlMapping keys = value.mapping()
			.allow("title", "type", "sheet", "categories", "series", "cumulative", "most");
		Type type = keys.require("type").oneOf("type", Type.class);
		ChartDefinition chart = new ChartDefinition(keys.require("title").words(), type, keys.require("sheet").text(),
				keys.require("categories").text(), Series.read(keys.require("series").list()),
				keys.text("cumulative").orElse(null),
				keys.find("most").map((most) -> most.number(1, MOST_POINTS)).orElse(type.most()));
		if (type == Type.PARETO) {
			keys.require("cumulative");
		}
		else if (chart.cumulative != null) {
			throw new ReportDefinitionException(chart.cumulative.place(),
					"only a chart of the type pareto has a cumulative line");
		}
		return chart;
	}

	/** Shape of the points. */
	public enum Type {

		/** Upright bars, from left to right: for days. */
		COLUMN,

		/** Bars from the left, the first row on top: for names. */
		BAR,

		/** A line from left to right. */
		LINE,

		/** Upright bars, with a line of their cumulative share. */
		PARETO;

		private int most() {
			return (this == BAR || this == PARETO) ? MOST_BARS : MOST_POINTS;
		}

	}

	/**
	 * A series of points.
	 *
	 * @param color its colour, by default the next one of the palette
	 */
	public record Series(LocatedText column, ChartColor color) {

		private static List<Series> read(List<YamlValue> values) {
			return IntStream.range(0, values.size())
				.mapToObj((index) -> read(values.get(index), ChartColor.ofSeries(index)))
				.toList();
		}

		private static Series read(YamlValue value, ChartColor ofPalette) {
			if (!value.isMapping()) {
				return new Series(value.text(), ofPalette);
			}
			YamlMapping keys = value.mapping().allow("column", "color");
			return new Series(keys.require("column").text(),
					keys.find("color").map((color) -> color.oneOf("color", ChartColor.class)).orElse(ofPalette));
		}

	}

}
