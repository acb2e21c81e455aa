package io.jobaudit.report.html;

import java.util.List;

/** Where the points of a chart stand from left to right, as fractions of its width. */
sealed interface NameAxis permits DayAxis, LabelAxis {

	static NameAxis of(ChartPoints points) {
		return points.isOfDays() ? DayAxis.of(points.days()) : new LabelAxis(points.names());
	}

	/** Middle of a point. */
	double middle(int point);

	/** Room that a point has. */
	double room();

	List<Tick> ticks();

	/** Whether there is no room for labels that lie flat. */
	boolean isSteep();

	/**
	 * A label below the axis.
	 *
	 * @param isSpare whether it is left out where there is little room
	 */
	record Tick(double at, String label, boolean isSpare) {
	}

}
