package io.jobaudit.fetch;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.jobaudit.simulator.Simulator;
import io.jobaudit.simulator.SimulatorOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** Parts of a run that a process fetches one after the other. */
@Timeout(60)
@Tag("slow")
class NextPartTest {

	private static final int LIMIT = 150;

	private static final List<String> IDS = RealFetch.ids(600);

	private final Simulator api = Simulator.start(SimulatorOptions.defaults().withRate(LIMIT));

	private final RealFetch fetch = new RealFetch(this.api.endpoint(), 200, 32, Duration.ofMinutes(1),
			Duration.ofSeconds(5));

	@AfterEach
	void close() {
		this.fetch.close();
		this.api.close();
	}

	@Test
	void goesOnAtTheRateThatTheApiHasAccepted() throws Exception {
		this.fetch.run(IDS);
		double learnt = this.fetch.currentRate();
		long throttled = this.api.statistics().throttled();

		this.fetch.nextPart();
		double atFirst = this.fetch.currentRate();
		this.fetch.run(IDS);

		assertThat(learnt).isBetween(0.5 * LIMIT, 1.1 * LIMIT);
		assertThat(atFirst).isBetween(learnt, 1.1 * LIMIT);
		assertThat(this.api.statistics().throttled() - throttled).as("throttled calls of the second part")
			.isLessThan(IDS.size() / 20);
	}

	@Test
	void usesTheTurnsThatThePartBeforeHasLeft() throws Exception {
		GenerousRate turns = new GenerousRate();
		try (RealFetch sharing = new RealFetch(this.api.endpoint(), 10, turns)) {
			sharing.run(IDS.subList(0, 3));
			sharing.nextPart();
			sharing.run(IDS.subList(3, 6));
		}

		assertThat(this.api.statistics().calls()).isEqualTo(6);
		assertThat(turns.taken).isOne();
	}

	/** Gives a minute of turns at a time. */
	private static final class GenerousRate implements SharedRate {

		private int taken;

		@Override
		public Duration lease() {
			return Duration.ofMinutes(1);
		}

		@Override
		public Turns take(int turns, Duration interval) {
			this.taken++;
			return new Turns(Duration.ZERO, new Drop(0, Duration.ofDays(1), 0));
		}

		@Override
		public Optional<Drop> drop(long seen, Duration age, double accepted) {
			throw new IllegalStateException("nothing is throttled");
		}

		@Override
		public void pause(Duration time) {
			throw new IllegalStateException("nothing is throttled");
		}

	}

}
