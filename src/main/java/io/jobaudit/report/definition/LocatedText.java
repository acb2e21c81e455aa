package io.jobaudit.report.definition;

import io.jobaudit.ReportTexts;

/** A text of a definition with its place, for messages. */
public record LocatedText(String text, SourceLocation place) {

	/** Requires a condition of it, as {@link SourceLocation#require} does. */
	void require(boolean isMet, String problem, Object... values) {
		this.place.require(isMet, problem, values);
	}

	/** Whether the names are the same to a spreadsheet, which ignores case. */
	boolean names(LocatedText other) {
		return this.text.equalsIgnoreCase(other.text);
	}

	/**
	 * Requires the text that it refers to, if it is a reference.
	 * @throws ReportDefinitionException when no text has the key
	 */
	LocatedText known() {
		ReportTexts.key(this.text).filter((key) -> !ReportTexts.keys().contains(key)).ifPresent((key) -> {
			throw ReportDefinitionException.unknown("text", new LocatedText(key, this.place), ReportTexts.keys());
		});
		return this;
	}

	/** What it refers to, in the language of definitions. */
	LocatedText inEnglish() {
		return new LocatedText(ReportTexts.EN.resolve(this.text), this.place);
	}

	@Override
	public String toString() {
		return this.text;
	}

	/**
	 * A place in a file that a person wrote.
	 *
	 * @param line counted from 1; 0 for the file as a whole
	 * @param column counted from 1
	 */
	record SourceLocation(String file, int line, int column) {

		static SourceLocation of(String file) {
			return new SourceLocation(file, 0, 0);
		}

		static SourceLocation at(String file, String text, int offset) {
			String before = text.substring(0, Math.min(offset, text.length()));
			int line = 1 + (int) before.chars().filter((character) -> character == '\n').count();
			return new SourceLocation(file, line, before.length() - before.lastIndexOf('\n'));
		}

		/**
		 * Requires a condition of what was read here.
		 * @throws ReportDefinitionException with the formatted problem when it is not met
		 */
		void require(boolean isMet, String problem, Object... values) {
			if (!isMet) {
				throw new ReportDefinitionException(this, problem.formatted(values));
			}
		}

		@Override
		public String toString() {
			return (this.line == 0) ? this.file : "%s:%d:%d".formatted(this.file, this.line, this.column);
		}

	}

}
