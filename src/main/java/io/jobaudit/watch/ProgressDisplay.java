package io.jobaudit.watch;

import io.jobaudit.batch.RunFigures.Reading;

/** Shows how far a run is. */
interface ProgressDisplay extends AutoCloseable {

	/** Shows the figures of now. */
	void show(Reading reading, Pace pace);

	/** Shows no more. */
	@Override
	void close();

}
