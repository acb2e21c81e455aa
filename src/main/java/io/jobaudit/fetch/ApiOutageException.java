package io.jobaudit.fetch;

import java.time.Duration;

import io.jobaudit.AuditException;
import io.jobaudit.ExitStatus;
import io.jobaudit.fetch.api.ApiError;

/**
 * The API has answered no call for longer than the run is willing to wait, or calls never
 * reached it.
 */
public class ApiOutageException extends AuditException {

	private static final long serialVersionUID = 1L;

	ApiOutageException(Duration patience, ApiError last) {
		super(ExitStatus.UNAVAILABLE, "the API has answered no call for " + patience
				+ " (audit.api.outage-patience); last error: " + last.describe());
	}

	ApiOutageException(ApiError first) {
		super(ExitStatus.UNAVAILABLE, "calls do not reach the API: " + first.describe());
	}

}
