package io.jobaudit.metrics;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;

/** Points that came by OTLP, under the names that Prometheus has for them. */
final class OtlpPoints {

	private final Map<String, Double> values = new TreeMap<>();

	/** The last value of each point; of a histogram its count and sum. */
	static Map<String, Double> of(ResourceMetrics received) {
		OtlpPoints points = new OtlpPoints();
		received.getScopeMetricsList().forEach((scope) -> scope.getMetricsList().forEach(points::add));
		return points.values;
	}

	private void add(Metric metric) {
		String name = metric.getName().replace('.', '_') + (metric.getUnit().isEmpty() ? "" : "_" + metric.getUnit());
		metric.getGauge()
			.getDataPointsList()
			.forEach((point) -> put(name, point.getAttributesList(), point.getAsDouble()));
		metric.getSum()
			.getDataPointsList()
			.forEach((point) -> put(name + "_total", point.getAttributesList(), point.getAsDouble()));
		metric.getHistogram().getDataPointsList().forEach((point) -> {
			put(name + "_count", point.getAttributesList(), point.getCount());
			put(name + "_sum", point.getAttributesList(), point.getSum());
		});
	}

	private void put(String name, List<KeyValue> attributes, double value) {
		Map<String, String> labels = new TreeMap<>();
		attributes.forEach((label) -> labels.put(label.getKey(), label.getValue().getStringValue()));
		this.values.put(name + labels, value);
	}

}
