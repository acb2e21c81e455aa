package io.jobaudit.fetch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.jobaudit.Outcome;
import io.jobaudit.fetch.RealFetch.Result;
import io.jobaudit.simulator.Fault;
import io.jobaudit.simulator.Simulator;
import io.jobaudit.simulator.SimulatorOptions;
import io.jobaudit.simulator.Statistics;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** Nearly a third of all calls go wrong, in every way there is. */
@Tag("slow")
class StormTest {

	@Test
	@Timeout(120)
	void everyIdGetsItsOwnOutcomeInAStorm() throws Exception {
		assertOutcomes(200);
	}

	@Test
	@Tag("chaos")
	@Timeout(600)
	void everyIdOfThousandsGetsItsOwnOutcomeInAStorm() throws Exception {
		assertOutcomes(2000);
	}

	private static void assertOutcomes(int count) throws Exception {
		Map<String, Outcome> expected = ids(count).stream().collect(Collectors.toMap((id) -> id, StormTest::expected));
		SimulatorOptions options = SimulatorOptions.defaults().withFaults(Fault.parse("storm=0.3"));
		try (Simulator simulator = Simulator.start(options);
				RealFetch fetch = new RealFetch(simulator.endpoint(), 1000, 32, Duration.ofSeconds(30))) {
			Result result = fetch.run(ids(count));

			assertThat(result.failure()).isNull();
			assertThat(result.byId()).isEqualTo(expected);
			assertNumbers(fetch.usage(), result, simulator.statistics());
		}
	}

	private static void assertNumbers(ApiUsage usage, Result result, Statistics statistics) {
		Map<Fault, Long> faults = statistics.faults();
		long attempts = result.jobs().stream().mapToLong(FetchedJob::attempts).sum();
		assertThat(faults.values()).as("every fault was met").allSatisfy((times) -> assertThat(times).isPositive());
		assertThat(usage.calls()).isEqualTo(statistics.calls());
		assertThat(usage.throttled())
			.isEqualTo(faults.getOrDefault(Fault.THROTTLE, 0L) + faults.getOrDefault(Fault.RETRY_HINT, 0L));
		assertThat(usage.retries()).isEqualTo(attempts - result.jobs().size());
	}

	private static List<String> ids(int count) {
		List<String> ids = new ArrayList<>(RealFetch.ids(count));
		for (int i = 0; i < count / 10; i++) {
			ids.set(10 * i, "unknown-" + i);
			ids.set(10 * i + 5, "refused-" + i);
		}
		return ids;
	}

	private static Outcome expected(String id) {
		return id.startsWith("unknown-") ? Outcome.NOT_FOUND
				: id.startsWith("refused-") ? Outcome.REFUSED : Outcome.FETCHED;
	}

}
