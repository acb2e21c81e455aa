package io.jobaudit.metrics;

import java.nio.file.Path;
import java.util.function.Consumer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Where the metrics of one run go: whatever is configured. OTLP goes at its own step and
 * when this is closed.
 */
final class MetricsExporters implements AutoCloseable {

	private static final Logger LOG = LoggerFactory.getLogger(MetricsExporters.class);

	private final CompositeMeterRegistry registry = new CompositeMeterRegistry();

	private final @Nullable MetricsTextfile textfile;

	private final @Nullable MetricsPushgateway pushgateway;

	private MetricsExporters(MetricsProperties properties, MetricLabels labels) {
		Path file = properties.textfile();
		MetricsProperties.Pushgateway push = properties.pushgateway();
		PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		this.textfile = (file != null) ? new MetricsTextfile(file, prometheus.getPrometheusRegistry()) : null;
		this.pushgateway = (push.url() != null)
				? new MetricsPushgateway(push.url(), push.timeout(), labels, prometheus.getPrometheusRegistry()) : null;
		this.registry.add(prometheus);
	}

	/** Opens them as the settings say. */
	static MetricsExporters open(Environment environment) {
		MetricsProperties properties = Binder.get(environment).bindOrCreate("audit.metrics", MetricsProperties.class);
		MetricsExporters exporters = new MetricsExporters(properties, MetricLabels.of(environment));
		if (OnMetricsExport.isSet(environment, OnMetricsExport.OTLP_URL)) {
			exporters.addOtlp(environment);
		}
		return exporters;
	}

	/** A setting of it that is wrong does not cost the other exporters. */
	private void addOtlp(Environment environment) {
		try {
			this.registry.add(MetricsOtlp.registry(environment));
		}
		catch (RuntimeException ex) {
			LOG.warn("No metrics by OTLP: {}", ex.getMessage());
		}
	}

	/** Where meters are registered. */
	MeterRegistry registry() {
		return this.registry;
	}

	/** Writes the textfile, and replaces everything that the Pushgateway has. */
	void replace() {
		publish(MetricsPushgateway::replace);
	}

	/** Writes the textfile, and adds to what the Pushgateway has. */
	void publish() {
		publish(MetricsPushgateway::add);
	}

	private void publish(Consumer<MetricsPushgateway> push) {
		if (this.textfile != null) {
			this.textfile.write();
		}
		if (this.pushgateway != null) {
			push.accept(this.pushgateway);
		}
	}

	@Override
	public void close() {
		this.registry.getRegistries().forEach(MeterRegistry::close);
	}

}
