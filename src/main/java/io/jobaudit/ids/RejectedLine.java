package io.jobaudit.ids;

import java.util.Arrays;

import io.jobaudit.PostgresText;
import io.jobaudit.PrintableText;
import io.jobaudit.SmartJobId;
import io.jobaudit.csv.CsvException;
import io.jobaudit.ids.InputLine.MalformedLine;
import io.jobaudit.ids.InputLine.Rejection;
import io.jobaudit.ids.InputLine.RequestedId;

/**
 * A line of the input that is not audited.
 *
 * @param source its file as the operator named it
 * @param lineNo its number in the file, from 1
 * @param content the id's cell or, where it is missing, all cells
 * @param reason {@link #DUPLICATE} or the name of a {@link Rejection}
 */
public record RejectedLine(String source, long lineNo, String content, String reason) {

	/** The reason of a line whose id is on an earlier line. */
	public static final String DUPLICATE = "DUPLICATE";

	private static final int MAX_CONTENT = 60;

	private static final int REPLACEMENT = 0xFFFD;

	/** A line that is malformed, or whose id is on an earlier line. */
	public static RejectedLine of(CsvInput input, InputLine line) {
		CsvFile file = input.files()
			.stream()
			.filter((candidate) -> candidate.offset() < line.lineNo())
			.reduce((earlier, later) -> later)
			.orElseThrow();
		long lineNo = line.lineNo() - file.offset();
		return (line instanceof MalformedLine malformed)
				? new RejectedLine(file.source(), lineNo, malformed.content(), malformed.reason().name())
				: new RejectedLine(file.source(), lineNo, ((RequestedId) line).id().value(), DUPLICATE);
	}

	/** For people: the line and what is wrong with it. */
	@Override
	public String toString() {
		String shown = PrintableText.of(PostgresText.cut(this.content, MAX_CONTENT));
		return CsvException.message(this.source, this.lineNo, "\"" + shown + "\" " + phrase());
	}

	private String phrase() {
		if (this.reason.equals(Rejection.BAD_CHARACTER.name())) {
			return "contains %s, which no job id has".formatted(badCharacter());
		}
		return this.reason.equals(DUPLICATE) ? "is a duplicate of an earlier line"
				: Arrays.stream(Rejection.values())
					.filter((rejection) -> rejection.name().equals(this.reason))
					.map(Rejection::phrase)
					.findFirst()
					.orElse("is rejected: " + this.reason);
	}

	/** The first character that no id has; one that cannot be seen is named. */
	private String badCharacter() {
		int index = 0;
		while (index < this.content.length() && SmartJobId.isWellFormed(this.content.substring(index, index + 1))) {
			index++;
		}
		int character = (index < this.content.length()) ? this.content.codePointAt(index) : REPLACEMENT;
		boolean visible = character > ' ' && character < 0x7F || Character.isLetterOrDigit(character);
		return "%s at character %d".formatted(visible ? "\"" + Character.toString(character) + "\""
				: "U+%04X (%s)".formatted(character, Character.getName(character)), index + 1);
	}

}
