package io.jobaudit.ids;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a file that is no list of ids in CSV looks like, judged by its first lines. */
enum Lookalike {

	/** Lines above the header. */
	COMMENT("^#", "the first line is a comment; remove the comment lines above the header"),

	/** Objects or an array. */
	JSON("^\\s*[\\[{]", "the file looks like JSON; write the ids alone to a file, e.g. jq -r .job_id FILE > ids.csv"),

	/** A table drawn by psql, mysql or the like. */
	CLIENT_TABLE("(?m)^\\s*\\+?-{3,}[-+|]*\\s*$",
			"the file looks like a table printed by a database client; export CSV (psql --csv), or use --ids-query"),

	/** Statements. */
	SQL("^\\s*((?i)insert|select|create|with|copy|begin|set)\\s|^\\s*--",
			"the file looks like SQL; give a query with --ids-query, or export the ids as CSV"),

	/** Pages and exports. */
	MARKUP("^\\s*<", "the file looks like HTML or XML; export the ids as CSV"),

	/** Texts written as formulas. */
	FORMULAS("(?m)^\"?=\"", "the cells are spreadsheet formulas (=\"...\"); export the ids as plain text"),

	/** Ids that a spreadsheet took for numbers. */
	NUMBERS("(?m)^\"?\\d(\\.\\d+)?E\\+\\d+\\b",
			"a spreadsheet has turned ids into numbers such as 1.2E+15; export the list again"
					+ " and do not save it in a spreadsheet"),

	/** Links to a console. */
	URLS("(?m)^\"?https?://", "the cells are URLs; keep only the job id of each"),

	/** As some spreadsheets save it. */
	SEMICOLONS("^[^,\n]*;", separated("\";\"", "';'")),

	/** As database clients and spreadsheets save it. */
	TABS("^[^,\n]*\t", separated("tabs", "tab")),

	/** As database clients save it. */
	PIPES("^[^,\n]*\\|", separated("\"|\"", "'|'"));

	private final Pattern start;

	private final String advice;

	Lookalike(String start, String advice) {
		this.start = Pattern.compile(start);
		this.advice = advice;
	}

	private static String separated(String what, String option) {
		return "the cells are separated by %s, not by commas; give --delimiter %s, or save the file with commas"
			.formatted(what, option);
	}

	/** What the first such file of an input looks like, and the fix. */
	static Optional<String> of(CsvInput input) {
		return input.files().stream().flatMap((file) -> of(file).stream()).findFirst();
	}

	/** What a file looks like, and the fix; empty when it looks like CSV. */
	static Optional<String> of(CsvFile file) {
		String text = start(file);
		return Arrays.stream(values())
			.filter((lookalike) -> lookalike.start.matcher(text).find())
			.map((lookalike) -> lookalike.advice)
			.findFirst();
	}

	boolean fits(CsvFile file) {
		return this.start.matcher(start(file)).find();
	}

	private static String start(CsvFile file) {
		try (var in = file.open()) {
			return new String(in.readNBytes(8192), file.format().encoding()).replaceFirst("^\uFEFF", "");
		}
		catch (IOException ex) {
			throw BadInputException.unreadable(file.source(), ex);
		}
	}

}
