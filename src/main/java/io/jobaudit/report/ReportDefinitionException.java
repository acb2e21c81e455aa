package io.jobaudit.report;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A workbook's definition or its SQL is not what it must be: says where, what was
 * expected and what was found.
 */
public class ReportDefinitionException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	ReportDefinitionException(Place place, String problem) {
		super(place + ": " + problem);
	}

	ReportDefinitionException(Place place, String problem, Throwable cause) {
		super(place + ": " + problem, cause);
	}

	/** A name that is none of the known ones. */
	static ReportDefinitionException unknown(String kind, Term name, Collection<String> known) {
		return new ReportDefinitionException(name.place(),
				"unknown %s \"%s\"%s".formatted(kind, name, nearest(name.text(), known)));
	}

	/** A column that something has not. */
	static ReportDefinitionException unknownColumn(Term name, String of, Collection<String> known) {
		return new ReportDefinitionException(name.place(),
				"%s has no column \"%s\"%s".formatted(of, name, nearest(name.text(), known)));
	}

	private static String nearest(String name, Collection<String> known) {
		return known.stream()
			.min(Comparator.comparingInt((candidate) -> edits(name, candidate)))
			.map((found) -> ", the nearest known is \"%s\"".formatted(found))
			.orElse(", none is known");
	}

	/** Characters to add, drop or change, whatever their case. */
	private static int edits(String from, String to) {
		List<Integer> left = from.toLowerCase(Locale.ROOT).codePoints().boxed().toList();
		List<Integer> right = to.toLowerCase(Locale.ROOT).codePoints().boxed().toList();
		int[] row = new int[right.size() + 1];
		for (int column = 0; column < row.length; column++) {
			row[column] = column;
		}
		for (int line = 1; line <= left.size(); line++) {
			int diagonal = row[0];
			row[0] = line;
			for (int column = 1; column < row.length; column++) {
				int change = diagonal + (left.get(line - 1).equals(right.get(column - 1)) ? 0 : 1);
				diagonal = row[column];
				row[column] = Math.min(change, Math.min(row[column], row[column - 1]) + 1);
			}
		}
		return row[row.length - 1];
	}

}
