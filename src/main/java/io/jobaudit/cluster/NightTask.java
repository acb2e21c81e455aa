package io.jobaudit.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.stream.Stream;

import io.jobaudit.ExitStatus;
import io.jobaudit.cluster.NightSummary.AccountResult;
import io.jobaudit.cluster.NightSummary.NightReport;
import io.jobaudit.cluster.Nights.NightAccount;
import io.jobaudit.notify.Notifier;
import io.jobaudit.notify.RunNotification;
import io.jobaudit.notify.RunNotification.NightFacts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends a night when all of its accounts have ended. */
record NightTask(Nights nights, NightSummaries summaries, NightReports accounts, Notifier notifier,
		Path reports) implements TaskWork {

	private static final Logger LOG = LoggerFactory.getLogger(NightTask.class);

	@Override
	public boolean execute(TaskInProgress task) throws IOException {
		long night = task.number();
		if (this.nights.isOver(night)) {
			NightSummary ended = this.summaries.of(night);
			NightSummary summary = ended.with(this.accounts.write(ended, () -> task.stop().reason() != null));
			String json = summary.json();
			write(this.reports.resolve("night-" + night), json);
			this.nights.finish(night, summary.status(), json);
			LOG.info("Night {} has ended, exit {}", night, summary.status().code());
			this.notifier.send(() -> RunNotification.ofNight(facts(summary), summary.status(), summary.total()),
					task.stop());
		}
		return true;
	}

	private static NightFacts facts(NightSummary summary) {
		Stream<String> faults = summary.accounts()
			.stream()
			.filter((result) -> !result.isComplete())
			.map(NightTask::notComplete);
		NightReport report = summary.accountsReport();
		return new NightFacts(summary.night(), summary.complete(), summary.accounts().size(), Stream
			.concat(faults, (report != null && report.reason() != null) ? Stream.of("all accounts: " + report.reason())
					: Stream.empty())
			.toList());
	}

	private static String notComplete(AccountResult result) {
		NightAccount account = result.account();
		return "account %s, %s, exit %d: %s".formatted(account.account(),
				(account.run() != null) ? "run " + account.run() : "no run",
				Objects.requireNonNull(account.status(), "the night is over").code(), account.reason());
	}

	private static void write(Path directory, String json) throws IOException {
		Files.createDirectories(directory);
		Path draft = Files.createTempFile(directory, ".night-summary", ".json");
		Files.writeString(draft, json);
		Files.move(draft, directory.resolve("night-summary.json"), StandardCopyOption.ATOMIC_MOVE,
				StandardCopyOption.REPLACE_EXISTING);
	}

	/** Ends the night without the file {@code night-summary.json}. */
	@Override
	public void giveUp(TaskInProgress task, ExitStatus status, String reason) {
		NightSummary summary = this.summaries.of(task.number());
		this.nights.finish(task.number(), NightSummary.worse(summary.status(), status), summary.json());
	}

}
