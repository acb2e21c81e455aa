package io.jobaudit.report.subject;

/** Writing was stopped on request; earlier reports are unchanged. */
public class ReportStoppedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public ReportStoppedException() {
		super("stopped before the reports were complete; run again to write them");
	}

}
