package io.jobaudit.notify;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.jobaudit.Account;
import io.jobaudit.ClosingStatement;
import io.jobaudit.ExitStatus;
import io.jobaudit.Outcome;
import io.jobaudit.RunId;
import io.jobaudit.notify.NewFailures.FailureKind;
import org.jspecify.annotations.Nullable;

/** Notifications for tests. */
final class RunNotifications {

	static final String HOSTILE = "<!channel> @all [x](http://evil.example) *b* <b>&amp;\r\nBcc: a@evil.example\u202e";

	private RunNotifications() {
	}

	static RunNotification of(int exitCode, @Nullable List<FailureKind> kinds, @Nullable Path reports) {
		return new RunNotification(new Account("default"), new RunId(17), ExitStatus.of(exitCode), null,
				new ClosingStatement(1000, 990, 8, 2,
						Map.of(Outcome.FETCHED, 950L, Outcome.NOT_FOUND, 35L, Outcome.UNREADABLE, 5L), 0, 950, 150),
				kinds, reports);
	}

	static RunNotification hostile() {
		return of(3, List.of(new FailureKind("ASR", HOSTILE, 12)), Path.of("/reports/run-17"));
	}

}
