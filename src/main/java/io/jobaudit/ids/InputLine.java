package io.jobaudit.ids;

import java.util.Map;

import io.jobaudit.SmartJobId;

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
	 * @param id the id
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

	/** What is wrong with a line. */
	enum Rejection {

		/** The id's cell is empty, or says NULL. */
		EMPTY("has no job id"),

		/** The id is longer than {@link SmartJobId#MAX_LENGTH}. */
		TOO_LONG("is longer than the " + SmartJobId.MAX_LENGTH + " characters that a job id can have"),

		/** The id has a character that no id has. */
		BAD_CHARACTER("contains a character that no job id has"),

		/** The line has fewer cells than the header. */
		SHORT_ROW("has fewer cells than the header"),

		/** The line has more cells than the header, and they are not empty. */
		LONG_ROW("has more cells than the header; quote a cell that contains a comma");

		private final String phrase;

		Rejection(String phrase) {
			this.phrase = phrase;
		}

		/** What is wrong, said of the line's content. */
		String phrase() {
			return this.phrase;
		}

	}

}
