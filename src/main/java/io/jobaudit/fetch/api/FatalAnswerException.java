package io.jobaudit.fetch.api;

import io.jobaudit.AuditException;
import io.jobaudit.ExitStatus;
import io.jobaudit.fetch.api.ErrorTable.Remedy;

/**
 * An answer after which no call can succeed: bad key, no permission, wrong clock or wrong
 * endpoint.
 */
public class FatalAnswerException extends AuditException {

	private static final long serialVersionUID = 1L;

	public FatalAnswerException(String action, ApiError error) {
		this(ErrorTable.remedy(error.code()), action, error);
	}

	private FatalAnswerException(Remedy remedy, String action, ApiError error) {
		super((remedy == Remedy.ENDPOINT) ? ExitStatus.CONFIGURATION : ExitStatus.PERMISSION,
				"the API refuses every call: " + error.describe() + "; " + remedy.advice(action));
	}

}
