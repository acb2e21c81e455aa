package io.jobaudit.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/**
 * The figures of a run as meters. A meter is registered when its value is known: unknown
 * is neither zero nor NaN, which no alert can compare with.
 */
final class Gauges {

	private record MetricKey(Metric meter, Tags tags) {
	}

	private final MeterRegistry registry;

	private final Tags common;

	/** Kept here, since registries hold only weak references to them. */
	private final Map<MetricKey, AtomicReference<Double>> values = new ConcurrentHashMap<>();

	Gauges(MeterRegistry registry, Tags common) {
		this.registry = registry;
		this.common = common;
	}

	void gauge(Metric meter, double value) {
		gauge(meter, this.common, value);
	}

	void gauge(Metric meter, String labelValue, double value) {
		gauge(meter, this.common.and(meter.label(), labelValue), value);
	}

	private void gauge(Metric meter, Tags tags, double value) {
		this.values.computeIfAbsent(new MetricKey(meter, tags), (key) -> {
			AtomicReference<Double> held = new AtomicReference<>(value);
			Gauge.builder(meter.id(), held, AtomicReference::get)
				.baseUnit(meter.unit())
				.description(meter.help())
				.tags(tags)
				.register(this.registry);
			return held;
		}).set(value);
	}

	/**
	 * Sets a counter.
	 * @param total count since the process started
	 */
	void counter(Metric meter, double total) {
		this.values.computeIfAbsent(new MetricKey(meter, this.common), (key) -> {
			AtomicReference<Double> held = new AtomicReference<>(total);
			FunctionCounter.builder(meter.id(), held, AtomicReference::get)
				.baseUnit(meter.unit())
				.description(meter.help())
				.tags(this.common)
				.register(this.registry);
			return held;
		}).set(total);
	}

}
