package io.jobaudit.notify;

import java.nio.file.Path;
import java.util.List;

import io.jobaudit.Account;
import io.jobaudit.ClosingStatement;
import io.jobaudit.ExitStatus;
import io.jobaudit.RunId;
import io.jobaudit.notify.NewFailures.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * What is reported about a run that has ended or could not be opened.
 *
 * @param run number of the run, null if none was opened
 * @param statement closing statement, null if no run was opened
 * @param newKinds new kinds of failure, null if the database cannot be read
 * @param reports directory of the reports, null if there are none
 */
public record RunNotification(Account account, @Nullable RunId run, ExitStatus status, @Nullable String failure,
		@Nullable ClosingStatement statement, @Nullable List<FailureKind> newKinds, @Nullable Path reports) {

	public RunNotification {
		newKinds = (newKinds != null) ? List.copyOf(newKinds) : null;
	}

	public static RunNotification notOpened(Account account, ExitStatus status, String failure) {
		return new RunNotification(account, null, status, failure, null, List.of(), null);
	}

	/** Whether it is sent on an occasion; unknown kinds may be new. */
	boolean isWanted(NotifyProperties.Occasion on) {
		return switch (on) {
			case ALWAYS -> true;
			case FAILURE -> this.status != ExitStatus.COMPLETE;
			case CHANGE -> this.status != ExitStatus.COMPLETE || this.newKinds == null || !this.newKinds.isEmpty();
		};
	}

}
