package io.jobaudit.notify;

import java.nio.file.Path;
import java.util.List;

import io.jobaudit.Account;
import io.jobaudit.ClosingStatement;
import io.jobaudit.ExitStatus;
import io.jobaudit.RunId;
import org.jspecify.annotations.Nullable;

/**
 * What there is to tell of a run that has ended, or could not be opened.
 *
 * @param account name of the cloud account
 * @param run the run, null when none was opened
 * @param status how the process ended
 * @param failure what went wrong in one line, null when nothing did
 * @param statement what went in and what came out, null when no run was opened
 * @param newKinds kinds of failure never seen before; null when the database does not
 * tell
 * @param reports where the reports are, null when there are none
 */
public record RunNotification(Account account, @Nullable RunId run, ExitStatus status, @Nullable String failure,
		@Nullable ClosingStatement statement, @Nullable List<FailureKind> newKinds, @Nullable Path reports) {

	public RunNotification {
		newKinds = (newKinds != null) ? List.copyOf(newKinds) : null;
	}

	/** News of a run that could not be opened. */
	public static RunNotification notOpened(Account account, ExitStatus status, String failure) {
		return new RunNotification(account, null, status, failure, null, List.of(), null);
	}

	/** Whether it is told on an occasion; what is not known may be something new. */
	boolean isTold(NotifyProperties.Occasion on) {
		return switch (on) {
			case ALWAYS -> true;
			case FAILURE -> this.status != ExitStatus.COMPLETE;
			case CHANGE -> this.status != ExitStatus.COMPLETE || this.newKinds == null || !this.newKinds.isEmpty();
		};
	}

}
