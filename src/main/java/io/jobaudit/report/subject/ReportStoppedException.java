package io.jobaudit.report.subject;

/** The run was asked to stop; the reports that stood there before still stand. */
public class ReportStoppedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public ReportStoppedException() {
		super("stopped before the reports were complete; run again to write them");
	}

}
