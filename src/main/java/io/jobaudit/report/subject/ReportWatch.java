package io.jobaudit.report.subject;

/** Watches the reports while they are written, and may stop them. */
@FunctionalInterface
public interface ReportWatch {

	/** Called at each row. */
	boolean isStopping();

	/**
	 * A file is being written.
	 * @param rows rows written to it so far
	 * @param jobs all jobs of the reports, 0 while unknown
	 */
	default void writing(String file, long rows, long jobs) {
	}

}
