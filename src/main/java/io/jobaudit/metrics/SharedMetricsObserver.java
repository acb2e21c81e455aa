package io.jobaudit.metrics;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.jobaudit.batch.RunObserver;
import io.jobaudit.batch.SharedProgress;
import io.jobaudit.batch.SharedProgress.SharedReading;
import io.jobaudit.batch.StopRequest;
import io.jobaudit.fetch.api.ApiProperties;
import io.jobaudit.ledger.AuditRun;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Publishes the metrics of shared runs and of this process. Each process publishes all
 * shared runs of its accounts, so that the metrics do not depend on one process.
 */
final class SharedMetricsObserver implements RunObserver {

	private static final Logger LOG = LoggerFactory.getLogger(SharedMetricsObserver.class);

	private final Publishers publishers;

	private final Duration interval;

	private final Map<AuditRun, RunMetricsPublisher> runs = new HashMap<>();

	private @Nullable NodeMetricsPublisher node;

	private @Nullable ScheduledThreadPoolExecutor timer;

	SharedMetricsObserver(Publishers publishers, Duration interval) {
		this.publishers = publishers;
		this.interval = interval;
	}

	@Override
	public synchronized void began(SharedProgress work) {
		this.node = this.publishers.node().apply(work.node());
		CustomizableThreadFactory threads = new CustomizableThreadFactory("metrics-");
		threads.setDaemon(true);
		this.timer = new ScheduledThreadPoolExecutor(1, threads);
		this.timer.scheduleWithFixedDelay(() -> progress(work), 0, TimeUnit.MILLISECONDS.convert(this.interval),
				TimeUnit.MILLISECONDS);
	}

	/** Runs that other processes continue are not reported as ended. */
	@Override
	public synchronized void ended(SharedProgress work) {
		if (this.timer != null && this.node != null) {
			this.timer.shutdownNow();
			this.timer = null;
			this.node.ended();
			this.runs.values().forEach(RunMetricsPublisher::left);
			this.runs.clear();
		}
	}

	@Override
	public synchronized void ended(SharedEnding ending) {
		AuditRun run = ending.result().run();
		RunMetricsPublisher known = this.runs.remove(run);
		RunMetricsPublisher publisher = (known != null) ? known : publisher(run, ending.api());
		publisher.ended(ending, new StopRequest());
	}

	private synchronized void progress(SharedProgress work) {
		if (this.timer == null || this.node == null) {
			return;
		}
		try {
			this.node.progress(work.reading());
			List<SharedReading> readings = work.runs();
			readings
				.forEach((reading) -> this.runs.computeIfAbsent(reading.run(), (run) -> publisher(run, reading.api()))
					.progress(reading));
			Set<AuditRun> over = new HashSet<>(this.runs.keySet());
			over.removeAll(readings.stream().map(SharedReading::run).collect(Collectors.toSet()));
			over.forEach((run) -> ended(work, run));
		}
		catch (RuntimeException ex) {
			LOG.warn("Cannot publish the metrics of shared runs", ex);
		}
	}

	/** Called when another process has ended the run. */
	private void ended(SharedProgress work, AuditRun run) {
		work.ending(run).ifPresentOrElse(this::ended, () -> {
			RunMetricsPublisher publisher = this.runs.remove(run);
			if (publisher != null) {
				publisher.left();
			}
		});
	}

	private RunMetricsPublisher publisher(AuditRun run, ApiProperties api) {
		return this.publishers.run().apply(new SharedAccount(run, api));
	}

	@Override
	public String toString() {
		return "metrics of shared runs";
	}

	/**
	 * The factories of publishers.
	 *
	 * @param run opens the publisher of a run
	 * @param node opens the publisher of this process, by its name
	 */
	record Publishers(Function<SharedAccount, RunMetricsPublisher> run, Function<String, NodeMetricsPublisher> node) {
	}

	/** A run and the settings of its account. */
	record SharedAccount(AuditRun run, ApiProperties api) {
	}

}
