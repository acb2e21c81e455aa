package io.jobaudit.batch;

import java.util.List;

import io.jobaudit.OutageLog;
import io.jobaudit.Ticker;
import io.jobaudit.batch.RunFigures.Reading;
import org.slf4j.LoggerFactory;

/**
 * Logs the outages of the database during a run. Those between which nothing was written
 * are one: a server with a full disk accepts clients all the time.
 */
final class DatabaseOutages {

	private final RunFigures figures;

	private OutageLog log = newLog();

	private List<?> progress = List.of();

	DatabaseOutages(RunFigures figures) {
		this.figures = figures;
	}

	void failed(String reason) {
		Reading reading = this.figures.read();
		List<?> reached = List.of(reading.phase(), reading.linesRead(), reading.decided());
		if (!reached.equals(this.progress)) {
			this.log = newLog();
			this.progress = reached;
		}
		this.log.failed(reason);
	}

	void ended() {
		this.log.answered();
	}

	private static OutageLog newLog() {
		return new OutageLog(LoggerFactory.getLogger(DatabaseOutages.class), "The database", Ticker.SYSTEM);
	}

}
