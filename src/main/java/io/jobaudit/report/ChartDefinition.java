package io.jobaudit.report;

/**
 * A chart of two columns of a table sheet that does not stream.
 *
 * @param title what it shows
 * @param shape how it shows it
 * @param sheet name of the sheet
 * @param categories header of the column that names the bars
 * @param values header of the column that measures them
 * @param most number of rows shown, from the top
 */
record ChartDefinition(String title, Shape shape, String sheet, String categories, String values, int most) {

	/** Direction of the bars. */
	enum Shape {

		/** Horizontal, the first row on top: for names. */
		BARS,

		/** Upright, from left to right: for days. */
		COLUMNS

	}

}
