package io.jobaudit.csv;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * How the text of a CSV file is written.
 *
 * @param delimiter between the cells
 */
public record CsvFormat(char delimiter, Charset encoding) {

	/** RFC 4180 in UTF-8. */
	public static final CsvFormat STANDARD = new CsvFormat(',', StandardCharsets.UTF_8);

	/** For people: what is not standard. */
	@Override
	public String toString() {
		return "separated by %s, %s".formatted((this.delimiter == '\t') ? "tabs" : "\"" + this.delimiter + "\"",
				this.encoding);
	}

}
