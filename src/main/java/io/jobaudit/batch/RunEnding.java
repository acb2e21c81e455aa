package io.jobaudit.batch;

import io.jobaudit.ExitStatus;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended, or why it could not be opened.
 *
 * @param result the run and what came of it, null when no run was opened
 * @param status how the process ends
 * @param failure what went wrong, null when the run is complete or was stopped
 * @param stop how the process is stopped; once it is, observers have little time
 */
public record RunEnding(@Nullable AuditResult result, ExitStatus status, @Nullable Throwable failure,
		StopRequest stop) {

	static RunEnding of(AuditResult result, StopRequest stop) {
		return new RunEnding(result, result.status(), result.failure(), stop);
	}

}
