package io.jobaudit.batch;

import org.jspecify.annotations.Nullable;

/**
 * How a run ended, or why it could not be opened.
 *
 * @param result the run and what came of it, null when no run was opened
 * @param exitCode exit code of the process
 * @param failure what went wrong, null when the run is complete or was stopped politely
 * @param stop how the process is stopped: whoever is told has little time once it is
 */
public record RunEnding(@Nullable AuditResult result, int exitCode, @Nullable Throwable failure, StopRequest stop) {

	static RunEnding of(AuditResult result, StopRequest stop) {
		return new RunEnding(result, result.exitCode(), result.failure(), stop);
	}

}
