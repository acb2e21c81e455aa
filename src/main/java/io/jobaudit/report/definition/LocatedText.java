package io.jobaudit.report.definition;

/** A text of a definition, with the place to name when it turns out to be wrong. */
public record LocatedText(String text, SourceLocation place) {

	/** A name is the same in any case, as a spreadsheet sees it. */
	boolean names(LocatedText other) {
		return this.text.equalsIgnoreCase(other.text);
	}

	@Override
	public String toString() {
		return this.text;
	}

}
