package io.jobaudit.progress;

import java.time.Duration;

import io.jobaudit.Outcome;
import io.jobaudit.batch.RunInProgress;
import io.jobaudit.progress.Pace.Progress;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PaceTest {

	private final RunInProgress run = new RunInProgress(20);

	private final Pace pace = new Pace(0);

	@Test
	void theTimeLeftComesFromTheLastHalfMinuteOnly() {
		this.run.fetching(10_000);
		at(0);
		this.run.answered(6_000, Outcome.FETCHED, false);
		at(60);
		at(75);
		this.run.answered(300, Outcome.FETCHED, false);
		Progress progress = at(90);

		assertThat(progress.callsPerSecond()).isEqualTo(10);
		assertThat(progress.eta()).isEqualTo(Duration.ofSeconds(370));
	}

	@Test
	void nothingIsKnownWithoutAnyProgress() {
		this.run.fetching(100);
		assertThat(at(0).eta()).isNull();
		Progress stuck = at(10);

		assertThat(stuck.callsPerSecond()).isZero();
		assertThat(stuck.eta()).isNull();
	}

	@Test
	void theTimeLeftIsNeverNegative() {
		this.run.fetching(100);
		at(0);
		this.run.answered(100, Outcome.FETCHED, false);
		assertThat(at(10).eta()).isZero();

		this.run.answered(1, Outcome.FETCHED, false);
		assertThat(at(11).eta()).as("more outcomes than ids").isNull();
	}

	@Test
	void aDatabaseOutageIsPartOfTheLastHalfMinute() {
		this.run.fetching(1_000);
		at(0);
		this.run.answered(200, Outcome.FETCHED, false);
		at(10);
		this.run.fetching(1_000);
		this.run.answered(20, Outcome.FETCHED, false);

		assertThat(at(20).callsPerSecond()).isEqualTo(11);
	}

	@Test
	void aLowerLimitOfTheApiIsShown() {
		this.run.fetching(1_000);
		at(0);
		this.run.answered(100, Outcome.FETCHED, false);
		this.run.slowedTo(9.5);

		assertThat(ProgressText.speedAndTrouble(at(10)))
			.isEqualTo("10.0/20 calls/s (slowed to 9.5), 0 failed, 0 unreadable");
	}

	private Progress at(long second) {
		return this.pace.at(Duration.ofSeconds(second).toNanos(), this.run.figures().read());
	}

}
