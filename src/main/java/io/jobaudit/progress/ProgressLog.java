package io.jobaudit.progress;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the progress of a run. */
final class ProgressLog implements ProgressDisplay {

	private static final Logger LOG = LoggerFactory.getLogger(ProgressLog.class);

	private final Duration interval;

	ProgressLog(Duration interval) {
		this.interval = interval;
	}

	@Override
	public Duration interval() {
		return this.interval;
	}

	@Override
	public void show(Progress progress) {
		LOG.info("{}", ProgressText.full(progress));
	}

	@Override
	public void close() {
	}

}
