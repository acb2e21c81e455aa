package io.jobaudit.fetch;

import java.time.Duration;

import io.jobaudit.AuditException;
import io.jobaudit.ExitStatus;
import io.jobaudit.fetch.api.ApiError;

/**
 * The API has answered no call, or accepted no security token, for longer than the run is
 * willing to wait; or calls never reached it.
 */
public class ApiOutageException extends AuditException {

	private static final long serialVersionUID = 1L;

	ApiOutageException(Duration patience, ApiError last) {
		super(last.isToken() ? ExitStatus.PERMISSION : ExitStatus.UNAVAILABLE,
				"the API has %s for %s (audit.api.outage-patience); last error: %s".formatted(
						last.isToken() ? "accepted no security token" : "answered no call", patience, last.describe()));
	}

	ApiOutageException(ApiError first) {
		super(ExitStatus.UNAVAILABLE, "calls do not reach the API: " + first.describe());
	}

}
