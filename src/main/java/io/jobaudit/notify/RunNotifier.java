package io.jobaudit.notify;

import java.nio.file.Path;
import java.util.List;

import io.jobaudit.Account;
import io.jobaudit.FailureReason;
import io.jobaudit.RunId;
import io.jobaudit.batch.AuditLauncher.AuditResult;
import io.jobaudit.batch.RunObserver;
import io.jobaudit.batch.RunObserver.RunEnding;
import io.jobaudit.notify.NewFailures.FailureKind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;

/** Sends a notification when a run has ended. */
record RunNotifier(Notifier notifier, NewFailures failures, Account account) implements RunObserver {

	private static final Logger LOG = LoggerFactory.getLogger(RunNotifier.class);

	@Override
	public void ended(RunEnding ending) {
		this.notifier.send(() -> notification(ending), ending.stop());
	}

	private RunNotification notification(RunEnding ending) {
		AuditResult result = ending.result();
		String failure = (ending.failure() != null)
				? FailureReason.of(NestedExceptionUtils.getMostSpecificCause(ending.failure())) : null;
		if (result == null) {
			return RunNotification.notOpened(this.account, ending.status(), String.valueOf(failure));
		}
		String reports = result.reportDirectory();
		return new RunNotification(this.account, result.run().runId(), ending.status(), failure, result.statement(),
				result.isComplete() ? newKinds(result.run().runId()) : List.of(),
				(reports != null) ? Path.of(reports) : null);
	}

	/** A notification is sent without the database, too. */
	private @Nullable List<FailureKind> newKinds(RunId runId) {
		try {
			return this.failures.of(runId, this.account);
		}
		catch (RuntimeException ex) {
			LOG.warn("The notification lacks new kinds of failure, the database cannot be read: {}",
					FailureReason.of(NestedExceptionUtils.getMostSpecificCause(ex)));
			LOG.debug("Stack trace of the failed query", ex);
			return null;
		}
	}

}
