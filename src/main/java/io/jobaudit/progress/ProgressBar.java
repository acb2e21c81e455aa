package io.jobaudit.progress;

/** A bar that fills up, drawn in characters that the terminal can show. */
enum ProgressBar {

	ASCII("[", "]", "=", " "), BLOCKS("|", "|", "█", " ▏▎▍▌▋▊▉"),
	YELLOW_BLOCKS("\u001b[33m│", "│\u001b[0m", "█", " ▏▎▍▌▋▊▉");

	/** Width of its brackets. */
	static final int BRACKETS = 2;

	private final String left;

	private final String right;

	private final String full;

	/** Characters that fill a column step by step. */
	private final String parts;

	ProgressBar(String left, String right, String full, String parts) {
		this.left = left;
		this.right = right;
		this.full = full;
		this.parts = parts;
	}

	static ProgressBar on(StatusLine line) {
		if (!line.canShow('█')) {
			return ASCII;
		}
		return line.hasColours() ? YELLOW_BLOCKS : BLOCKS;
	}

	/**
	 * Draws it.
	 * @param columns its width, brackets included
	 */
	String draw(long done, long total, int columns) {
		int length = columns - BRACKETS;
		double filled = (total > 0) ? Math.min(1, (double) done / total) * length : 0;
		int whole = (int) filled;
		StringBuilder bar = new StringBuilder(this.left).append(this.full.repeat(whole));
		if (whole < length) {
			bar.append(this.parts.charAt((int) ((filled - whole) * this.parts.length())));
			bar.append(" ".repeat(length - whole - 1));
		}
		return bar.append(this.right).toString();
	}

}
