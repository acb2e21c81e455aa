package io.jobaudit.report.definition;

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

	/** The place of an offset in a file's text. */
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
