package io.jobaudit.batch;

import java.util.List;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All observers of a run; none of them can harm it. */
final class RunObservers {

	private static final Logger LOG = LoggerFactory.getLogger(RunObservers.class);

	private final List<RunObserver> observers;

	RunObservers(List<RunObserver> observers) {
		this.observers = List.copyOf(observers);
	}

	void notify(Consumer<RunObserver> what) {
		for (RunObserver observer : this.observers) {
			try {
				what.accept(observer);
			}
			catch (RuntimeException ex) {
				LOG.warn("{} failed; the run is not affected", observer, ex);
			}
		}
	}

}
