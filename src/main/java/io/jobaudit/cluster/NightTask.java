package io.jobaudit.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import io.jobaudit.ExitStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends a night when all of its accounts have ended. */
record NightTask(Nights nights, NightSummaries summaries, Path reports) implements TaskWork {

	private static final Logger LOG = LoggerFactory.getLogger(NightTask.class);

	@Override
	public boolean execute(TaskInProgress task) throws IOException {
		long night = task.number();
		if (this.nights.isOver(night)) {
			NightSummary summary = this.summaries.of(night);
			String json = summary.json();
			write(this.reports.resolve("night-" + night), json);
			this.nights.finish(night, summary.status(), json);
			LOG.info("Night {} has ended, exit {}", night, summary.status().code());
		}
		return true;
	}

	private static void write(Path directory, String json) throws IOException {
		Files.createDirectories(directory);
		Path draft = Files.createTempFile(directory, ".night-summary", ".json");
		Files.writeString(draft, json);
		Files.move(draft, directory.resolve("night-summary.json"), StandardCopyOption.ATOMIC_MOVE,
				StandardCopyOption.REPLACE_EXISTING);
	}

	/** The night ends without its file. */
	@Override
	public void giveUp(TaskInProgress task, ExitStatus status, String reason) {
		NightSummary summary = this.summaries.of(task.number());
		this.nights.finish(task.number(), NightSummary.worse(summary.status(), status), summary.json());
	}

}
