package io.jobaudit.report.html;

import java.util.ArrayList;
import java.util.List;

import io.jobaudit.HtmlText;
import io.jobaudit.report.definition.ChartDefinition;
import io.jobaudit.report.table.TextWidth;

/** The positions of a chart's points from left to right, as fractions of its width. */
interface NameAxis {

	static NameAxis of(ChartPoints points) {
		return points.isOfDays() ? DayAxis.of(points.days())
				: new LabelAxis(points.names(), points.chart().type() == ChartDefinition.Type.LINE);
	}

	double middle(int point);

	double room();

	List<Tick> ticks();

	/** Whether labels must be slanted to fit. */
	default boolean isSteep() {
		return false;
	}

	/**
	 * A label below the axis.
	 *
	 * @param isSpare whether it is left out on a narrow screen
	 */
	record Tick(double at, String label, boolean isSpare) {
	}

	/**
	 * An axis of names, one after the other.
	 *
	 * @param isTrend whether some of the names are enough
	 */
	record LabelAxis(List<String> names, boolean isTrend) implements NameAxis {

		/** The number of characters that fit on a phone. */
		private static final int MOST_CHARACTERS = 44;

		private static final int MOST_TICKS = 26;

		private static final int MOST_TICKS_NARROW = 13;

		@Override
		public double middle(int point) {
			return (point + 0.5) * room();
		}

		@Override
		public double room() {
			return 1.0 / this.names.size();
		}

		@Override
		public boolean isSteep() {
			return !this.isTrend && width() * this.names.size() > MOST_CHARACTERS;
		}

		private int width() {
			return 1 + this.names.stream().mapToInt(TextWidth::of).max().orElse(0);
		}

		@Override
		public List<Tick> ticks() {
			int most = this.isTrend ? Math.max(1, MOST_CHARACTERS / width()) : MOST_TICKS;
			int step = 1 + (this.names.size() - 1) / most;
			boolean hasSpares = this.names.size() / step > MOST_TICKS_NARROW;
			List<Tick> ticks = new ArrayList<>();
			for (int point = 0; point < this.names.size(); point += step) {
				ticks.add(new Tick(middle(point), HtmlText.brief(this.names.get(point), 22),
						hasSpares && ticks.size() % 2 == 1));
			}
			return ticks;
		}

	}

}
