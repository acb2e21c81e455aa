package io.jobaudit.fetch;

import java.time.Duration;

import io.jobaudit.fetch.api.ApiError;

/** The API has answered nobody for longer than the run is willing to wait. */
public class ApiOutageException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	ApiOutageException(Duration patience, ApiError last) {
		super("the API has answered no id for " + patience + " (audit.api.outage-patience); last: " + last.describe());
	}

}
