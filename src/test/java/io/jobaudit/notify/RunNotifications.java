package io.jobaudit.notify;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.jobaudit.Account;
import io.jobaudit.ClosingStatement;
import io.jobaudit.ExitStatus;
import io.jobaudit.Outcome;
import io.jobaudit.ReportTexts;
import io.jobaudit.RunId;
import io.jobaudit.notify.Findings.Cost;
import io.jobaudit.notify.Findings.FailureKind;
import io.jobaudit.notify.Findings.PreviousList;
import io.jobaudit.notify.RunNotification.RunOrigin;
import org.jspecify.annotations.Nullable;

/** Notifications for tests. */
final class RunNotifications {

	static final String HOSTILE = "<!channel> @all [x](http://evil.example) *b* <b>&amp;\r\nBcc: a@evil.example\u202e";

	private RunNotifications() {
	}

	static RunNotification of(int exitCode, @Nullable List<FailureKind> kinds, @Nullable Path reports) {
		return of(exitCode, (kinds != null) ? findings(kinds, null) : null, reports);
	}

	static RunNotification of(int exitCode, @Nullable Findings findings, @Nullable Path reports) {
		RunOrigin origin = new RunOrigin(new Account("default"), null, "cn-shanghai", "audit-1",
				Duration.ofSeconds(2590), null);
		return new RunNotification(origin, new RunId(17), ExitStatus.of(exitCode), null,
				new ClosingStatement(1000, 990, 8, 2,
						Map.of(Outcome.FETCHED, 950L, Outcome.NOT_FOUND, 35L, Outcome.UNREADABLE, 5L), 0, 950, 150),
				findings, reports);
	}

	static Findings findings(List<FailureKind> kinds, @Nullable PreviousList previous) {
		Map<String, Long> codes = new LinkedHashMap<>();
		codes.put("NoVoice", 80L);
		codes.put("Quota", 40L);
		codes.put("TooLong", 20L);
		codes.put("Other", 7L);
		codes.put("(no code)", 3L);
		return new Findings(
				Map.of("en", List.of("Run 17 asked for 990 ids.", "150 jobs failed.", "Spend CNY 1,012.35.")),
				new Cost(new BigDecimal("1234567"),
						new TreeMap<>(Map.of("CNY", new BigDecimal("1012.345"), "JPY", new BigDecimal("1200.5")))),
				codes, kinds, List.of(), 0, List.of(), previous);
	}

	static NotificationText inEnglish(RunNotification notification) {
		return new NotificationText(notification, ReportTexts.EN);
	}

	static RunNotification hostile() {
		return of(3, List.of(new FailureKind("ASR", HOSTILE, 12)), Path.of("/reports/run-17"))
			.linkedTo("https://reports.example/{account}/run-{run}/");
	}

}
