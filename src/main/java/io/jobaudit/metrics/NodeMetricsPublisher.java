package io.jobaudit.metrics;

import io.jobaudit.batch.SharedProgress.NodeReading;
import io.micrometer.core.instrument.Tags;

/** Publishes the metrics of a process that works on shared runs. Not thread-safe. */
final class NodeMetricsPublisher {

	private static final NodeReading NOTHING = new NodeReading(0, 0, 0);

	private final MetricsExporters exporters;

	private final Gauges gauges;

	private NodeReading last = NOTHING;

	NodeMetricsPublisher(MetricsExporters exporters, Tags labels) {
		this.exporters = exporters;
		this.gauges = new Gauges(exporters.registry(), labels);
	}

	void progress(NodeReading reading) {
		this.last = reading;
		this.gauges.gauge(Metric.WORKER_PARTS, reading.parts());
		this.gauges.counter(Metric.WORKER_PARTS_LOST, reading.lost());
		this.gauges.gauge(Metric.WORKER_HEARTBEAT, reading.heartbeat());
		this.exporters.publish();
	}

	/** Publishes that the process has given its parts back. */
	void ended() {
		try (this.exporters) {
			progress(new NodeReading(0, this.last.lost(), 0));
		}
	}

}
