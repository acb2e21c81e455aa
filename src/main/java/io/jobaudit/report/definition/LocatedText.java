package io.jobaudit.report.definition;

import io.jobaudit.ReportTexts;

/** A text of a definition, with the place to name when it turns out to be wrong. */
public record LocatedText(String text, SourceLocation place) {

	/** A name is the same in any case, as a spreadsheet sees it. */
	boolean names(LocatedText other) {
		return this.text.equalsIgnoreCase(other.text);
	}

	/**
	 * The text for readers that a reference stands for; any other as it is.
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
