package io.jobaudit.watch;

/** A terminal that shows one line which changes. */
public interface Screen {

	/** Characters that fit on a line. */
	int width();

	/**
	 * Shows a line in place of the one before.
	 * @param line without line end, not wider than the screen
	 */
	void show(String line);

	/** Takes the line away, so that what comes next stands in its place. */
	void clear();

}
