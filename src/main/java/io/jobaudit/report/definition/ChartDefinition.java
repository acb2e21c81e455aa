package io.jobaudit.report.definition;

import java.util.List;
import java.util.stream.IntStream;

import io.jobaudit.ReportTexts;
import io.jobaudit.report.definition.YamlValue.YamlMapping;
import org.jspecify.annotations.Nullable;

/**
 * A chart of columns of a table sheet that does not stream.
 *
 * @param categories name of the column that names the points
 * @param cumulative name of the column that a Pareto chart's line shows
 * @param most number of rows shown, from the top; of a trend, the last ones
 * @param only the kind of reports that have it; null for both
 * @param each name of the column with the currency, of which each has a chart of its own;
 * null for one chart
 * @param unit the currency of its amounts; null for none
 */
public record ChartDefinition(LocatedText title, Type type, LocatedText sheet, LocatedText categories,
		List<Series> series, @Nullable LocatedText cumulative, int most, @Nullable ReportKind only,
		@Nullable LocatedText each, @Nullable String unit) {

	private static final int MOST_POINTS = 400;

	static ChartDefinition read(YamlValue value) {
		YamlMapping keys = value.mapping()
			.allow("title", "type", "sheet", "categories", "series", "cumulative", "most", "only", "each");
		Type type = keys.require("type").oneOf("type", Type.class);
		ChartDefinition chart = new ChartDefinition(keys.require("title").words(), type, keys.require("sheet").text(),
				keys.require("categories").text(), Series.read(keys.require("series").list()),
				keys.text("cumulative").orElse(null),
				keys.find("most").map((most) -> most.number(1, MOST_POINTS)).orElse(type.most()), ReportKind.only(keys),
				keys.text("each").orElse(null), null);
		if (type == Type.PARETO) {
			keys.require("cumulative");
		}
		else if (chart.cumulative != null) {
			throw new ReportDefinitionException(chart.cumulative.place(),
					"only a chart of the type pareto has a cumulative line");
		}
		return chart;
	}

	/** Whether its points are in order of time, so that the last ones matter most. */
	public boolean isTrend(SheetDefinition table) {
		return this.type == Type.LINE || table.requireColumn(this.categories).format() == ColumnFormat.DATE;
	}

	/** Whether so many points are worth a chart: one month of a currency is not. */
	public boolean compares(long points) {
		return points > 1 || this.type != Type.COLUMN || this.unit == null;
	}

	/** The chart of one currency. */
	public ChartDefinition of(String currency) {
		return new ChartDefinition(this.title, this.type, this.sheet, this.categories, this.series, this.cumulative,
				this.most, this.only, null, currency);
	}

	/** Its title in a language, with its currency. */
	public String title(ReportTexts texts) {
		return ofUnit(texts.resolve(this.title.text()), texts);
	}

	/** The name of its amounts in a language, with their currency. */
	public String amounts(ReportTexts texts) {
		return ofUnit(texts.header(this.series.get(0).column().text()), texts);
	}

	private String ofUnit(String name, ReportTexts texts) {
		return (this.unit != null) ? texts.text("chart.in-currency", name, this.unit) : name;
	}

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
			return (this == BAR || this == PARETO) ? 25 : MOST_POINTS;
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

	/**
	 * A colour by its meaning, in RGB hex: solid for charts, and ink and tint for cells.
	 */
	public enum ChartColor {

		/** Spend, and whatever has no other colour. */
		BLUE("3F74A8", "1F3A5F", "E8EEF5"),

		/** Failures. */
		RED("B5533C", "9C0006", "FFC7CE"),

		/** Successes. */
		GREEN("4E8B5F", "1E6B3A", "E3F1E6"),

		/** Warnings. */
		AMBER("C28414", "7A4F00", "FFF0CC"),

		/** Secondary information. */
		GREY("8A94A3", "5F6B7A", "EEF0F3");

		private static final List<ChartColor> PALETTE = List.of(BLUE, AMBER, GREEN, RED, GREY);

		private final String solid;

		private final String ink;

		private final String tint;

		ChartColor(String solid, String ink, String tint) {
			this.solid = solid;
			this.ink = ink;
			this.tint = tint;
		}

		/** The default colour of a series, by its position in the chart. */
		public static ChartColor ofSeries(int index) {
			return PALETTE.get(index % PALETTE.size());
		}

		public String solid() {
			return this.solid;
		}

		public String ink() {
			return this.ink;
		}

		public String tint() {
			return this.tint;
		}

	}

}
