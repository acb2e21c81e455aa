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
	 * Replaces a reference by the text with its key; any other text is unchanged.
	 * @throws ReportDefinitionException when no text has the key
	 */
	LocatedText resolved() {
		ReportTexts.key(this.text).filter((key) -> !ReportTexts.keys().contains(key)).ifPresent((key) -> {
			throw ReportDefinitionException.unknown("text", new LocatedText(key, this.place), ReportTexts.keys());
		});
		return new LocatedText(ReportTexts.resolve(this.text), this.place);
	}

	@Override
	public String toString() {
		return this.text;
	}

}
