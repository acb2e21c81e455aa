package io.jobaudit.csv;

import java.util.List;

/**
 * The cells of a row.
 *
 * @param number line of the file on which the row begins, from 1
 * @param cells its cells without the white space around them
 */
public record CsvLine(long number, List<String> cells) {

	public CsvLine {
		cells = List.copyOf(cells);
	}

}
