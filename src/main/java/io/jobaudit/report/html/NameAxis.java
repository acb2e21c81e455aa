package io.jobaudit.report.html;

import java.util.List;

/** The positions of a chart's points from left to right, as fractions of its width. */
sealed interface NameAxis permits DayAxis, LabelAxis {

	static NameAxis of(ChartPoints points) {
		return points.isOfDays() ? DayAxis.of(points.days()) : new LabelAxis(points.names());
	}

	/** Middle of a point. */
	double middle(int point);

	/** Width of a point. */
	double room();

	List<Tick> ticks();

	/** Whether labels must be slanted to fit. */
	boolean isSteep();

	/**
	 * A label below the axis.
	 *
	 * @param isSpare whether it is left out on a narrow screen
	 */
	record Tick(double at, String label, boolean isSpare) {
	}

}
