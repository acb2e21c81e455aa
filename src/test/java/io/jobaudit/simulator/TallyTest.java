package io.jobaudit.simulator;

import java.util.stream.IntStream;

import io.jobaudit.simulator.Statistics.SimulatedOutcome;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TallyTest {

	private static final int CALLS = 200_000;

	private final HandClock clock = new HandClock();

	@Test
	void noCallIsLostWhenManyComeAtOnce() {
		Tally tally = new Tally(this.clock);

		IntStream.range(0, CALLS).parallel().forEach((i) -> {
			tally.arrived("job-" + i % 10, new Tally.RetryHint());
			tally.count(SimulatedOutcome.JOB);
		});

		Statistics statistics = tally.statistics();
		assertThat(statistics.calls()).isEqualTo(CALLS);
		assertThat(statistics.jobAnswers()).isEqualTo(CALLS);
		assertThat(statistics.maxCallsInAnySecond()).isEqualTo(CALLS);
		assertThat(statistics.maxCallsPerJobId()).isEqualTo(CALLS / 10);
	}

}
