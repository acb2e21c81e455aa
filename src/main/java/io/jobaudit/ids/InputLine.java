package io.jobaudit.ids;

import java.util.Arrays;
import java.util.Map;

import io.jobaudit.PostgresText;
import io.jobaudit.PrintableText;
import io.jobaudit.SmartJobId;
import io.jobaudit.csv.CsvException;

/** A data line of the input. Every data line becomes one of these. */
public sealed interface InputLine {

	/** Number of the line on which it begins, from 1; unique in the input. */
	long lineNo();

	/** The same line with a number that is higher by the lines of earlier files. */
	InputLine plusLines(long offset);

	/**
	 * A line with a well-formed id.
	 *
	 * @param lineNo line on which it begins, from 1
	 * @param labels the line's other columns without empty ones, header to value
	 */
	record RequestedId(long lineNo, SmartJobId id, Map<String, String> labels) implements InputLine {

		public RequestedId {
			labels = Map.copyOf(labels);
		}

		@Override
		public InputLine plusLines(long offset) {
			return new RequestedId(this.lineNo + offset, this.id, this.labels);
		}

	}

	/**
	 * A line without a well-formed id.
	 *
	 * @param lineNo line on which it begins, from 1
	 * @param content the id's cell or, where it is missing, all cells; storable and at
	 * most 1,000 characters
	 * @param reason what is wrong
	 */
	record MalformedLine(long lineNo, String content, Rejection reason) implements InputLine {

		@Override
		public InputLine plusLines(long offset) {
			return new MalformedLine(this.lineNo + offset, this.content, this.reason);
		}

	}

	enum Rejection {

		/** The id's cell is empty, or says NULL. */
		EMPTY("has no job id"),

		TOO_LONG("is longer than the " + SmartJobId.MAX_LENGTH + " characters that a job id can have"),

		BAD_CHARACTER("contains a character that no job id has"),

		SHORT_ROW("has fewer cells than the header"),

		/** The line has more cells than the header, and they are not empty. */
		LONG_ROW("has more cells than the header; quote a cell that contains a comma");

		private final String phrase;

		Rejection(String phrase) {
			this.phrase = phrase;
		}

		String phrase() {
			return this.phrase;
		}

	}

	/**
	 * A line of the input that is not audited.
	 *
	 * @param source its file as the operator named it
	 * @param lineNo its number in the file, from 1
	 * @param content the id's cell or, where it is missing, all cells
	 * @param reason {@link #DUPLICATE} or the name of a {@link Rejection}
	 */
	public record RejectedLine(String source, long lineNo, String content, String reason) {

		public static final String DUPLICATE = "DUPLICATE";

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
			String shown = PrintableText.of(PostgresText.cut(this.content, 60));
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
			int character = (index < this.content.length()) ? this.content.codePointAt(index) : 0xFFFD;
			boolean visible = character > ' ' && character < 0x7F || Character.isLetterOrDigit(character);
			return "%s at character %d".formatted(visible ? "\"" + Character.toString(character) + "\""
					: "U+%04X (%s)".formatted(character, Character.getName(character)), index + 1);
		}

	}

}
