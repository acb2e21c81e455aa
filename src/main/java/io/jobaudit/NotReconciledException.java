package io.jobaudit;

/** The closing statement does not add up: the run has failed. */
public class NotReconciledException extends AuditException {

	private static final long serialVersionUID = 1L;

	NotReconciledException(RunId runId, ClosingStatement statement) {
		super(ExitStatus.INTERNAL, "run " + runId + " does not reconcile: " + String.join("; ", statement.faults()));
	}

}
