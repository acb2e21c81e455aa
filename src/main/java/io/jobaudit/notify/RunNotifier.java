package io.jobaudit.notify;

import java.nio.file.Path;
import java.util.List;

import io.jobaudit.Account;
import io.jobaudit.RunId;
import io.jobaudit.batch.AuditResult;
import io.jobaudit.batch.RunEnding;
import io.jobaudit.batch.RunObserver;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes news of a run's ending. */
final class RunNotifier implements RunObserver {

	private static final Logger LOG = LoggerFactory.getLogger(RunNotifier.class);

	private final Notifier notifier;

	private final NewFailures failures;

	private final Account account;

	RunNotifier(Notifier notifier, NewFailures failures, Account account) {
		this.notifier = notifier;
		this.failures = failures;
		this.account = account;
	}

	@Override
	public void ended(RunEnding ending) {
		this.notifier.tell(() -> news(ending), ending.stop());
	}

	private RunNotification news(RunEnding ending) {
		AuditResult result = ending.result();
		String failure = (ending.failure() != null) ? oneLine(ending.failure()) : null;
		if (result == null) {
			return RunNotification.notOpened(this.account, ending.status(), String.valueOf(failure));
		}
		String reports = result.reportDirectory();
		return new RunNotification(this.account, result.run().runId(), ending.status(), failure, result.statement(),
				result.isComplete() ? newKinds(result.run().runId()) : List.of(),
				(reports != null) ? Path.of(reports) : null);
	}

	/** Without a database there are still news. */
	private @Nullable List<FailureKind> newKinds(RunId runId) {
		try {
			return this.failures.of(runId, this.account);
		}
		catch (RuntimeException ex) {
			LOG.warn("New kinds of failure are missing in what is told of the run", ex);
			return null;
		}
	}

	/** The last cause says what it is about. */
	private static String oneLine(Throwable failure) {
		Throwable cause = failure;
		while (cause.getCause() != null) {
			cause = cause.getCause();
		}
		return String.valueOf((cause.getMessage() != null) ? cause.getMessage() : cause.getClass().getName())
			.strip()
			.replaceAll("\\s*\\R\\s*", " ");
	}

}
