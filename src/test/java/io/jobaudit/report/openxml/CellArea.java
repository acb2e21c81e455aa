package io.jobaudit.report.openxml;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rectangle of cells, counted from 1; whole rows or columns when a reference has no
 * more.
 */
record CellArea(int firstRow, int lastRow, int firstColumn, int lastColumn) {

	static final int MAX_ROW = 1_048_576;

	static final int MAX_COLUMN = 16_384;

	private static final Pattern CELL = Pattern.compile("\\$?([A-Z]{1,4})\\$?([0-9]{1,8})");

	private static final Pattern ROWS = Pattern.compile("\\$?([0-9]{1,8}):\\$?([0-9]{1,8})");

	private static final Pattern COLUMNS = Pattern.compile("\\$?([A-Z]{1,4}):\\$?([A-Z]{1,4})");

	/**
	 * Reads {@code B3}, {@code $A$1:$C$9}, {@code $1:$1} or {@code $A:$A}; empty when it
	 * is none of these.
	 */
	static Optional<CellArea> of(String reference) {
		Matcher rows = ROWS.matcher(reference);
		if (rows.matches()) {
			return Optional
				.of(new CellArea(Integer.parseInt(rows.group(1)), Integer.parseInt(rows.group(2)), 1, MAX_COLUMN));
		}
		Matcher columns = COLUMNS.matcher(reference);
		if (columns.matches()) {
			return Optional.of(new CellArea(1, MAX_ROW, column(columns.group(1)), column(columns.group(2))));
		}
		String[] corners = reference.split(":", -1);
		Matcher first = CELL.matcher(corners[0]);
		Matcher last = CELL.matcher(corners[corners.length - 1]);
		if (corners.length > 2 || !first.matches() || !last.matches()) {
			return Optional.empty();
		}
		return Optional.of(new CellArea(Integer.parseInt(first.group(2)), Integer.parseInt(last.group(2)),
				column(first.group(1)), column(last.group(1))));
	}

	boolean isPossible() {
		return 1 <= this.firstRow && this.firstRow <= this.lastRow && this.lastRow <= MAX_ROW && 1 <= this.firstColumn
				&& this.firstColumn <= this.lastColumn && this.lastColumn <= MAX_COLUMN;
	}

	boolean overlaps(CellArea other) {
		return this.firstRow <= other.lastRow && other.firstRow <= this.lastRow && this.firstColumn <= other.lastColumn
				&& other.firstColumn <= this.lastColumn;
	}

	boolean contains(CellArea other) {
		return this.firstRow <= other.firstRow && other.lastRow <= this.lastRow && this.firstColumn <= other.firstColumn
				&& other.lastColumn <= this.lastColumn;
	}

	int cells() {
		return (this.lastRow - this.firstRow + 1) * (this.lastColumn - this.firstColumn + 1);
	}

	private static int column(String letters) {
		return letters.chars().reduce(0, (sum, letter) -> 26 * sum + letter - 'A' + 1);
	}

}
