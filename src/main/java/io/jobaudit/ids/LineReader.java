package io.jobaudit.ids;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.jobaudit.PostgresText;
import io.jobaudit.SmartJobId;
import io.jobaudit.csv.CsvLine;
import io.jobaudit.ids.InputLine.MalformedLine;
import io.jobaudit.ids.InputLine.Rejection;
import io.jobaudit.ids.InputLine.RequestedId;
import io.jobaudit.ids.InputLines.CsvHeader;

/** Turns the cells of a line into an id with labels, or into a malformed line. */
record LineReader(CsvHeader header) {

	/** What database exports write for a missing value. */
	private static final Set<String> NULL_TEXTS = Set.of("null", "(null)", "<null>", "\\n");

	InputLine read(CsvLine line) {
		long lineNo = line.number();
		List<String> cells = line.cells();
		if (cells.size() < this.header.columns()) {
			return malformed(lineNo, String.join(",", cells), Rejection.SHORT_ROW);
		}
		if (cells.stream().skip(this.header.columns()).anyMatch((cell) -> !cell.isEmpty())) {
			return malformed(lineNo, String.join(",", cells), Rejection.LONG_ROW);
		}
		String id = cells.get(this.header.idIndex());
		if (id.isEmpty() || NULL_TEXTS.contains(id.toLowerCase(Locale.ROOT))) {
			return malformed(lineNo, String.join(",", cells), Rejection.EMPTY);
		}
		if (id.length() > SmartJobId.MAX_LENGTH) {
			return malformed(lineNo, id, Rejection.TOO_LONG);
		}
		return SmartJobId.isWellFormed(id) ? new RequestedId(lineNo, new SmartJobId(id), labels(cells))
				: malformed(lineNo, id, Rejection.BAD_CHARACTER);
	}

	private Map<String, String> labels(List<String> cells) {
		Map<String, String> labels = new LinkedHashMap<>();
		this.header.labels().forEach((index, name) -> put(labels, name, this.header.given(cells.get(index))));
		return labels;
	}

	private static void put(Map<String, String> labels, String name, String value) {
		if (!value.isEmpty()) {
			labels.put(PostgresText.of(name), PostgresText.of(value));
		}
	}

	private static MalformedLine malformed(long lineNo, String content, Rejection reason) {
		return new MalformedLine(lineNo, PostgresText.of(PostgresText.cut(content, 1000)), reason);
	}

}
