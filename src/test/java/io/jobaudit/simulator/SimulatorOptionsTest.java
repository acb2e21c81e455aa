package io.jobaudit.simulator;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SimulatorOptionsTest {

	private final SimulatorOptions defaults = SimulatorOptions.defaults();

	@Test
	void impossibleOptionsAreRefused() {
		assertRefused(() -> this.defaults.withPort(65_536), "port takes 0 to 65535, but got 65536");
		assertRefused(() -> this.defaults.withRate(-1), "rate");
		assertRefused(() -> TestOptions.withMaxFaultsInARow(this.defaults, -1), "maxFaultsInARow");
		assertRefused(() -> this.defaults.withLatency(Duration.ofMillis(2), Duration.ofMillis(1)), "PT0.002S to");
		assertRefused(() -> this.defaults.withFaults(Map.of(Fault.RESET, 0.6, Fault.STALL, 0.5)), "at most 1");
		assertRefused(() -> this.defaults.withFaults(Map.of(Fault.RESET, -0.1)), "share");
	}

	@Test
	void aStormOfOneIsPossible() {
		assertThat(this.defaults.withFaults(Fault.parse("storm=1")).faults()).hasSize(Fault.values().length);
	}

	@Test
	void secretsAreNotPrinted() {
		assertThat(TestOptions.withSecurityToken(TestOptions.withAccessKey(this.defaults, "id", "s3cret"), "t0ken")
			.toString()).contains("accessKeyId=id").doesNotContain("s3cret", "t0ken");
	}

	private static void assertRefused(Runnable change, String message) {
		assertThatIllegalArgumentException().isThrownBy(change::run).withMessageContaining(message);
	}

}
