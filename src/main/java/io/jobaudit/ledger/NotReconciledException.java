package io.jobaudit.ledger;

import io.jobaudit.AuditException;
import io.jobaudit.ExitStatus;
import io.jobaudit.RunId;

/** The closing statement does not add up: the run has failed, whatever else went well. */
public class NotReconciledException extends AuditException {

	private static final long serialVersionUID = 1L;

	NotReconciledException(RunId runId, ClosingStatement statement) {
		super(ExitStatus.INTERNAL, "run " + runId + " does not reconcile: " + String.join("; ", statement.faults()));
	}

}
