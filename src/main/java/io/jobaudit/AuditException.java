package io.jobaudit;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.ExitCodeGenerator;

/** A failure with a message for the operator and an exit status of its own. */
public abstract class AuditException extends RuntimeException implements ExitCodeGenerator {

	private static final long serialVersionUID = 1L;

	private final ExitStatus status;

	protected AuditException(ExitStatus status, String message) {
		this(status, message, null);
	}

	protected AuditException(ExitStatus status, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.status = status;
	}

	public ExitStatus status() {
		return this.status;
	}

	@Override
	public int getExitCode() {
		return this.status.code();
	}

}
