package io.jobaudit.report.subject;

import java.time.Instant;

import io.jobaudit.AuditException;
import io.jobaudit.ExitStatus;
import io.jobaudit.RunId;
import org.jspecify.annotations.Nullable;

/** A run that is unknown, or whose rows are purged. */
public class UnknownRunException extends AuditException {

	private static final long serialVersionUID = 1L;

	private UnknownRunException(String message) {
		super(ExitStatus.INPUT, message);
	}

	static UnknownRunException unknown(@Nullable RunId run) {
		return new UnknownRunException("the database has no run %s; the command runs lists all runs".formatted(run));
	}

	static UnknownRunException purged(RunId run, Instant when) {
		return new UnknownRunException(
				"the ids of run %s were purged at %s; only its summary in audit.audit_run is left".formatted(run,
						when));
	}

}
