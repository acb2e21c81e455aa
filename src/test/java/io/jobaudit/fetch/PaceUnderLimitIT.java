package io.jobaudit.fetch;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.jobaudit.simulator.Simulator;
import io.jobaudit.simulator.SimulatorOptions;
import io.jobaudit.simulator.Statistics;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

/** The pace under a real server's limit, half of ours, and after it is lifted. */
@Tag("chaos")
@Timeout(300)
class PaceUnderLimitIT {

	private static final Logger LOG = LoggerFactory.getLogger(PaceUnderLimitIT.class);

	/** What was seen a second after the other. */
	private final List<Statistics> seconds = new CopyOnWriteArrayList<>();

	private final ScheduledExecutorService background = Executors.newScheduledThreadPool(2);

	@Test
	void itConvergesWithin30SecondsAndIsBackWithin60() throws Exception {
		SimulatorOptions options = SimulatorOptions.defaults()
			.withRate(100)
			.withLatency(Duration.ofMillis(50), Duration.ofMillis(50));
		try (Simulator simulator = Simulator.start(options);
				RealFetch fetch = new RealFetch(simulator.endpoint(), 200, 32, Duration.ofMinutes(5))) {
			this.background.submit(() -> fetch.run(RealFetch.ids(50_000)));
			this.background.scheduleAtFixedRate(() -> this.seconds.add(simulator.statistics()), 0, 1, TimeUnit.SECONDS);

			awaitSecond(60);
			ApiUsage usage = fetch.usage();
			simulator.change((relaxed) -> relaxed.withRate(0));
			awaitSecond(130);

			double throttled = throttled(30, 60);
			double accepted = calls(30, 60) * (1 - throttled) / 30;
			double relaxed = calls(120, 130) / 10.0;
			double effective = usage.calls() * 1e9 / usage.elapsed().toNanos();
			LOG.info("{} % throttled, {}/s accepted of 100, {}/s after 60 s without limit; effective rate {}/s",
					100 * throttled, accepted, relaxed, effective);
			assertThat(throttled).isLessThan(0.02);
			assertThat(accepted).isGreaterThan(90);
			assertThat(relaxed).isGreaterThan(195);
			assertThat(effective).isCloseTo(calls(0, 60) / 60.0, within(3.0));
		}
		finally {
			this.background.shutdownNow();
		}
	}

	private void awaitSecond(int second) {
		await().atMost(Duration.ofMinutes(3)).until(() -> this.seconds.size() > second);
	}

	private long calls(int from, int to) {
		return this.seconds.get(to).calls() - this.seconds.get(from).calls();
	}

	private double throttled(int from, int to) {
		return (this.seconds.get(to).throttled() - this.seconds.get(from).throttled()) / (double) calls(from, to);
	}

}
