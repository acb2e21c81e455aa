package io.jobaudit.ids;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;

import io.jobaudit.Generated;
import io.jobaudit.SmartJobId;
import io.jobaudit.ids.InputLine.MalformedLine;
import io.jobaudit.ids.InputLine.Rejection;
import io.jobaudit.ids.InputLine.RequestedId;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;

/**
 * A file of ids as commons-csv prints it, and the lines that it must be read as.
 *
 * @param text the file
 * @param expected its data lines
 */
record PrintedCsv(String text, List<InputLine> expected) {

	private static final int MAX_LINES = 8;

	/** White space of any script. */
	private static final Pattern AROUND = Pattern.compile("^[\\s\\x1C-\\x1F\\p{Z}]+|[\\s\\x1C-\\x1F\\p{Z}]+$");

	/**
	 * Ids, malformed ids, labels of every kind, blank lines, any separator of records.
	 */
	static PrintedCsv random(Random random) {
		CSVFormat format = CSVFormat.RFC4180.builder()
			.setRecordSeparator(random.nextBoolean() ? "\r\n" : "\n")
			.setQuoteMode(random.nextBoolean() ? QuoteMode.ALL : QuoteMode.MINIMAL)
			.get();
		int labels = random.nextInt(3);
		int idIndex = random.nextInt(labels + 1);
		StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "\uFEFF" : "");
		List<InputLine> expected = new ArrayList<>();
		try (CSVPrinter printer = new CSVPrinter(text, format)) {
			printer.printRecord(cells(labels, idIndex, "job_id", "label-"));
			for (int left = random.nextInt(MAX_LINES + 1); left > 0; left--) {
				line(random, printer, text, labels, idIndex, expected);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return new PrintedCsv(text.toString(), expected);
	}

	private static void line(Random random, CSVPrinter printer, StringBuilder text, int labels, int idIndex,
			List<InputLine> expected) throws IOException {
		if (random.nextInt(5) == 0) {
			printer.println();
			return;
		}
		long lineNo = 1 + lineBreaks(text);
		boolean malformed = random.nextInt(5) == 0;
		String id = malformed ? "bad id " + random.nextInt(10) : Generated.jobId(random);
		List<String> cells = cells(labels, idIndex, id, "");
		Map<String, String> given = new LinkedHashMap<>();
		for (int i = 0; i < cells.size(); i++) {
			if (i != idIndex) {
				cells.set(i, Generated.text(random, 6));
				put(given, "label-" + i, AROUND.matcher(cells.get(i)).replaceAll(""));
			}
		}
		printer.printRecord(cells);
		expected.add(malformed ? new MalformedLine(lineNo, id, Rejection.BAD_CHARACTER)
				: new RequestedId(lineNo, new SmartJobId(id), given));
	}

	private static void put(Map<String, String> given, String name, String value) {
		if (!value.isEmpty()) {
			given.put(name, value);
		}
	}

	private static List<String> cells(int labels, int idIndex, String id, String label) {
		List<String> cells = new ArrayList<>();
		for (int i = 0; i <= labels; i++) {
			cells.add((i == idIndex) ? id : label + i);
		}
		return cells;
	}

	/** A carriage return with its line feed is one. */
	private static long lineBreaks(CharSequence text) {
		return text.toString().replace("\r\n", "\n").chars().filter((c) -> c == '\n' || c == '\r').count();
	}

}
