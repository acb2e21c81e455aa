package io.jobaudit;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Suggests a known name for an unknown one. */
public final class DidYouMean {

	private DidYouMean() {
	}

	/**
	 * The known name that begins with it, or else the one with the fewest edits, in any
	 * case; empty when none is known.
	 */
	public static Optional<String> of(String name, Collection<String> known) {
		return known.stream()
			.min(Comparator.comparing((String candidate) -> !candidate.regionMatches(true, 0, name, 0, name.length()))
				.thenComparingInt((candidate) -> edits(name, candidate)));
	}

	/**
	 * Characters to add, drop or change to make one of the other, whatever their case.
	 */
	public static int edits(String from, String to) {
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
