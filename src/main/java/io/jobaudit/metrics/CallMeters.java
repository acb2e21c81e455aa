package io.jobaudit.metrics;

import java.time.Duration;
import java.util.stream.Stream;

import io.jobaudit.fetch.api.CallClass;
import io.jobaudit.fetch.api.CallListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

/** Counts and times the calls to the API. */
final class CallMeters implements CallListener {

	private static final Duration[] BUCKETS = { Duration.ofMillis(10), Duration.ofMillis(25), Duration.ofMillis(50),
			Duration.ofMillis(100), Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofSeconds(1),
			Duration.ofMillis(2500), Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(30) };

	/** The maximum covers the whole run. */
	private static final Duration FOREVER = Duration.ofDays(7);

	private final Meter.MeterProvider<Counter> calls;

	private final Timer duration;

	CallMeters(MeterRegistry registry, Tags common) {
		this.calls = Counter.builder(Metric.API_CALLS.id())
			.description(Metric.API_CALLS.help())
			.tags(common)
			.withRegistry(registry);
		Stream.of(CallClass.values()).forEach(this::counter);
		this.duration = Timer.builder(Metric.API_CALL_DURATION.id())
			.description(Metric.API_CALL_DURATION.help())
			.tags(common)
			.serviceLevelObjectives(BUCKETS)
			.distributionStatisticExpiry(FOREVER)
			.register(registry);
	}

	@Override
	public void called(CallClass result, Duration time) {
		counter(result).increment();
		this.duration.record(time);
	}

	private Counter counter(CallClass result) {
		return this.calls.withTag(Metric.API_CALLS.label(), Metric.labelValue(result));
	}

}
