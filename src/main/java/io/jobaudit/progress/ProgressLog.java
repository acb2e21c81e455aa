package io.jobaudit.progress;

import java.time.Duration;

import io.jobaudit.progress.Pace.Progress;
import io.jobaudit.progress.RunProgress.ProgressDisplay;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the progress of a run.
 *
 * @param interval time between two lines
 */
record ProgressLog(Duration interval) implements ProgressDisplay {

	private static final Logger LOG = LoggerFactory.getLogger(ProgressLog.class);

	@Override
	public void show(Progress progress) {
		LOG.info("{}", ProgressText.full(progress));
	}

	@Override
	public void close() {
	}

}
