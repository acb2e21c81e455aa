package io.jobaudit.progress;

import java.time.Duration;

/** Shows the progress of a run. */
interface ProgressDisplay extends AutoCloseable {

	/** Time between two updates. */
	Duration interval();

	/** Shows the latest figures. */
	void show(Progress progress);

	/** Removes what is shown. */
	@Override
	void close();

}
