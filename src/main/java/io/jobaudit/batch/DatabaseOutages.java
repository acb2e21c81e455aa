package io.jobaudit.batch;

import java.time.Duration;
import java.util.List;

import io.jobaudit.OutageLog;
import io.jobaudit.OutageLog.Outage;
import io.jobaudit.Ticker;
import io.jobaudit.batch.RunFigures.Reading;
import org.slf4j.LoggerFactory;

/**
 * Reports the outages of the database during a run. Outages count as one if nothing was
 * written between them: a server with a full disk still accepts clients.
 */
final class DatabaseOutages {

	private static final String WHAT = "The database";

	private final RunFigures figures;

	private OutageLog log = newLog();

	private List<?> progress = List.of();

	private long since;

	DatabaseOutages(RunFigures figures) {
		this.figures = figures;
	}

	void failed(String reason) {
		Reading reading = this.figures.read();
		List<?> reached = List.of(reading.phase(), reading.linesRead(), reading.decided());
		if (!reached.equals(this.progress)) {
			this.log = newLog();
			this.progress = reached;
			this.since = Ticker.SYSTEM.now();
		}
		this.figures.databaseAway(() -> new Outage(WHAT, Duration.ofNanos(Ticker.SYSTEM.now() - this.since)));
		this.log.failed(reason);
	}

	void ended() {
		this.log.answered();
	}

	private static OutageLog newLog() {
		return new OutageLog(LoggerFactory.getLogger(DatabaseOutages.class), WHAT, Ticker.SYSTEM);
	}

}
