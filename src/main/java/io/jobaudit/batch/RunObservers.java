package io.jobaudit.batch;

import java.util.List;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All who watch: none of them can harm a run. */
final class RunObservers {

	private static final Logger LOG = LoggerFactory.getLogger(RunObservers.class);

	private final List<RunObserver> observers;

	RunObservers(List<RunObserver> observers) {
		this.observers = List.copyOf(observers);
	}

	void tell(Consumer<RunObserver> what) {
		for (RunObserver observer : this.observers) {
			try {
				what.accept(observer);
			}
			catch (RuntimeException ex) {
				LOG.warn("{} failed and is left out; the run is not affected", observer, ex);
			}
		}
	}

}
