package io.jobaudit.ids;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.jobaudit.SpreadsheetSafeText;
import io.jobaudit.csv.CsvLine;
import org.jspecify.annotations.Nullable;

/**
 * Which column holds the ids and what the others are called.
 *
 * @param present whether the first line is a header
 * @param columns number of columns
 * @param idIndex index of the id's column, from 0
 * @param labels index to name of each column that is a label
 * @param ownReport whether it is a report of ours
 */
record CsvHeader(boolean present, int columns, int idIndex, Map<Integer, String> labels, boolean ownReport) {

	private static final Set<String> ID_NAMES = Set.of("jobid", "id");

	/** Columns of our own report: never labels, so that it can be the next input. */
	private static final Set<String> OWN_COLUMNS = Set.of("audit_http_status", "audit_code", "audit_message",
			"audit_attempts");

	/**
	 * Finds the columns in the first line.
	 * @param source name of the input, for messages
	 * @param line the first line
	 * @param wanted column asked for by name or by number from 1, null to find it
	 * @throws BadInputException when there is no telling which column holds the ids
	 */
	static CsvHeader of(String source, CsvLine line, @Nullable String wanted) {
		List<String> first = line.cells();
		int named = (wanted != null) ? first.indexOf(wanted) : indexOfIdName(first);
		if (named >= 0) {
			return withHeader(source, line, named);
		}
		if (wanted != null && wanted.matches("[1-9]\\d{0,3}") && Integer.parseInt(wanted) <= first.size()) {
			return numbered(source, line, Integer.parseInt(wanted) - 1);
		}
		if (wanted == null && first.size() == 1) {
			return new CsvHeader(false, 1, 0, Map.of(), false);
		}
		String expected = (wanted != null) ? "a column \"" + wanted + "\" (--id-column)"
				: "a column called job_id, jobid, JobId or id, or --id-column NAME";
		throw new BadInputException(
				"expected %s, but line %d of %s has the columns %s".formatted(expected, line.number(), source, first));
	}

	/**
	 * A column asked for by number: the first line is a header when its cell there names
	 * an id and is none.
	 */
	private static CsvHeader numbered(String source, CsvLine line, int index) {
		List<String> first = line.cells();
		if (ID_NAMES.contains(normalized(first.get(index)))) {
			return withHeader(source, line, index);
		}
		Map<Integer, String> labels = new LinkedHashMap<>();
		for (int i = 0; i < first.size(); i++) {
			if (i != index) {
				labels.put(i, "column_" + (i + 1));
			}
		}
		return new CsvHeader(false, first.size(), index, labels, false);
	}

	private static CsvHeader withHeader(String source, CsvLine line, int index) {
		List<String> first = line.cells();
		Map<Integer, String> labels = new LinkedHashMap<>();
		List<String> seen = new ArrayList<>();
		for (int i = 0; i < first.size(); i++) {
			String name = first.get(i).isBlank() ? "column_" + (i + 1) : first.get(i);
			if (seen.contains(name)) {
				throw new BadInputException("expected each column once, but line %d of %s has \"%s\" twice"
					.formatted(line.number(), source, name));
			}
			seen.add(name);
			if (i != index && !OWN_COLUMNS.contains(name) && !first.equals(JobListHeader.COLUMNS)) {
				labels.put(i, first.containsAll(OWN_COLUMNS) ? SpreadsheetSafeText.given(name) : name);
			}
		}
		return new CsvHeader(true, first.size(), index, labels, seen.containsAll(OWN_COLUMNS));
	}

	/**
	 * Our reports put a quote before what a spreadsheet would run; it is not part of what
	 * was given.
	 */
	String given(String cell) {
		return this.ownReport ? SpreadsheetSafeText.given(cell) : cell;
	}

	private static int indexOfIdName(List<String> cells) {
		for (int i = 0; i < cells.size(); i++) {
			if (normalized(cells.get(i)).equals("jobid")) {
				return i;
			}
		}
		return cells.stream().map(CsvHeader::normalized).toList().indexOf("id");
	}

	private static String normalized(String cell) {
		return cell.toLowerCase(Locale.ROOT).replaceAll("[\\s_-]", "");
	}

}
