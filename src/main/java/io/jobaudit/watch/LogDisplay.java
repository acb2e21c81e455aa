package io.jobaudit.watch;

import io.jobaudit.batch.RunFigures.Reading;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A line in the log. */
final class LogDisplay implements ProgressDisplay {

	private static final Logger LOG = LoggerFactory.getLogger(LogDisplay.class);

	@Override
	public void show(Reading reading, Pace pace) {
		LOG.info("{}", ProgressText.line(reading, pace));
	}

	@Override
	public void close() {
	}

}
