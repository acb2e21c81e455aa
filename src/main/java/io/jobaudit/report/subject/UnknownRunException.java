package io.jobaudit.report.subject;

import java.time.Instant;

import io.jobaudit.AuditException;
import io.jobaudit.ExitStatus;
import io.jobaudit.RunId;
import org.jspecify.annotations.Nullable;

/** There is no such run, or its rows are purged. */
public class UnknownRunException extends AuditException {

	private static final long serialVersionUID = 1L;

	private UnknownRunException(String message) {
		super(ExitStatus.INPUT, message);
	}

	static UnknownRunException unknown(@Nullable RunId run) {
		return new UnknownRunException("the database has no run %s; name one that it has".formatted(run));
	}

	static UnknownRunException purged(RunId run, Instant when) {
		return new UnknownRunException(
				"the rows of run %s were purged at %s; of its figures audit.audit_run keeps the summary".formatted(run,
						when));
	}

}
