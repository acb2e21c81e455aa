package io.jobaudit.metrics;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

import io.jobaudit.Account;
import io.jobaudit.FailureReason;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** The destinations of a run's metrics. OTLP exports at its own step, and at the end. */
final class MetricsExporters implements AutoCloseable {

	private static final Logger LOG = LoggerFactory.getLogger(MetricsExporters.class);

	private final CompositeMeterRegistry registry = new CompositeMeterRegistry();

	private final @Nullable MetricsTextfile textfile;

	private final @Nullable MetricsPushgateway pushgateway;

	private MetricsExporters(MetricsProperties properties, @Nullable Path file, Map<String, String> group) {
		MetricsProperties.Pushgateway push = properties.pushgateway();
		PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		this.textfile = (file != null) ? new MetricsTextfile(file, prometheus.getPrometheusRegistry()) : null;
		this.pushgateway = (push.url() != null)
				? new MetricsPushgateway(push.url(), push.timeout(), group, prometheus.getPrometheusRegistry()) : null;
		this.registry.add(prometheus);
	}

	/** Opens the destinations of the account in the settings. */
	static MetricsExporters open(Environment environment) {
		return open(environment, MetricLabels.of(environment));
	}

	/**
	 * Opens those of another account, with its own textfile beside the configured one.
	 */
	static MetricsExporters open(Environment environment, MetricLabels labels) {
		boolean isOther = !labels.account().equals(MetricLabels.of(environment).account());
		return open(environment, isOther ? "-" + labels.account() : "", labels.group());
	}

	/**
	 * Opens those of a process that works on shared runs, with its own textfile and
	 * group.
	 */
	static MetricsExporters ofNode(Environment environment, String node) {
		return open(environment, "-worker-" + node, Map.of("node", node));
	}

	private static MetricsExporters open(Environment environment, String suffix, Map<String, String> group) {
		MetricsProperties properties = Binder.get(environment).bindOrCreate("audit.metrics", MetricsProperties.class);
		Path file = (properties.textfile() != null) ? beside(properties.textfile(), suffix) : null;
		MetricsExporters exporters = new MetricsExporters(properties, file, group);
		if (MetricsConfiguration.OnMetricsExport.isSet(environment, MetricsConfiguration.OnMetricsExport.OTLP_URL)) {
			exporters.addOtlp(environment);
		}
		return exporters;
	}

	private static Path beside(Path file, String suffix) {
		return file.resolveSibling(file.getFileName().toString().replaceFirst("\\.prom$", suffix + ".prom"));
	}

	/** A wrong setting of OTLP does not affect the other destinations. */
	private void addOtlp(Environment environment) {
		try {
			this.registry.add(new MetricsOtlpConfig(environment).registry());
		}
		catch (RuntimeException ex) {
			LOG.warn("Cannot export metrics by OTLP ({}): {}", MetricsOtlpConfig.PREFIX, FailureReason.of(ex));
		}
	}

	MeterRegistry registry() {
		return this.registry;
	}

	/** Writes the textfile, and replaces all metrics in the Pushgateway. */
	void replace() {
		publish(MetricsPushgateway::replace);
	}

	/** Writes the textfile, and adds to the metrics in the Pushgateway. */
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

	/** The labels of all metrics. No label grows with the number of runs. */
	record MetricLabels(Account account, String region) {

		static MetricLabels of(Environment environment) {
			return new MetricLabels(new Account(environment.getProperty("audit.account", "default")),
					environment.getProperty("audit.api.region", ""));
		}

		/** The group of the metrics in a Pushgateway. */
		Map<String, String> group() {
			return Map.of("account", this.account.name(), "region", this.region);
		}

		Tags tags() {
			return Tags.of("account", this.account.name(), "region", this.region);
		}

	}

}
