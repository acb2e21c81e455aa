package io.jobaudit.ledger;

/** The closing statement does not add up: the run has failed, whatever else went well. */
public class NotReconciledException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	NotReconciledException(long runId, ClosingStatement statement) {
		super("run " + runId + " does not reconcile: " + String.join("; ", statement.faults()));
	}

}
