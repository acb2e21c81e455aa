package io.jobaudit.metrics;

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

	private final @Nullable PrometheusMeterRegistry prometheus;

	private final @Nullable MetricsTextfile textfile;

	private final @Nullable MetricsPushgateway pushgateway;

	private MetricsExporters(MetricsProperties properties, MetricLabels scope) {
		this.textfile = (properties.textfile() != null) ? new MetricsTextfile(properties.textfile()) : null;
		MetricsProperties.Pushgateway push = properties.pushgateway();
		boolean isText = this.textfile != null || push.url() != null;
		this.prometheus = isText ? new PrometheusMeterRegistry(PrometheusConfig.DEFAULT) : null;
		this.pushgateway = (this.prometheus != null && push.url() != null)
				? new MetricsPushgateway(push.url(), push.timeout(), scope, this.prometheus.getPrometheusRegistry())
				: null;
		if (this.prometheus != null) {
			this.registry.add(this.prometheus);
		}
	}

	/** Opens them as the settings say. */
	static MetricsExporters open(Environment environment) {
		MetricsProperties properties = Binder.get(environment).bindOrCreate("audit.metrics", MetricsProperties.class);
		MetricsExporters outlets = new MetricsExporters(properties, MetricLabels.of(environment));
		if (OnMetricsExport.isSet(environment, OnMetricsExport.OTLP_URL)) {
			outlets.addOtlp(environment);
		}
		return outlets;
	}

	/** A setting of it that is wrong does not cost the other outlets. */
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

	/**
	 * Writes the textfile and pushes to the Pushgateway.
	 * @param whole whether all is in the meters that is to be known of the last success
	 */
	void publish(boolean whole) {
		if (this.prometheus == null) {
			return;
		}
		if (this.textfile != null) {
			this.textfile.write(this.prometheus.scrape());
		}
		if (this.pushgateway != null && whole) {
			this.pushgateway.replace();
		}
		else if (this.pushgateway != null) {
			this.pushgateway.add();
		}
	}

	@Override
	public void close() {
		this.registry.getRegistries().forEach(MeterRegistry::close);
	}

}
