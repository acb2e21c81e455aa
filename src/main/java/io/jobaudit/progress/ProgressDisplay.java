package io.jobaudit.progress;

import java.time.Duration;

/** Where a run's figures are shown. */
interface ProgressDisplay extends AutoCloseable {

	/** Time between two looks. */
	Duration interval();

	/** Shows the figures. */
	void show(Progress progress);

	/** Shows nothing any more. */
	@Override
	void close();

}
