package io.jobaudit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RunIdTest {

	@Test
	void isWrittenAsItsNumber() {
		assertThat(new RunId(1_234_567)).hasToString("1234567");
	}

	@Test
	void isNeverNegative() {
		assertThatIllegalArgumentException().isThrownBy(() -> new RunId(-1))
			.withMessage("a run's number is 0 or more, but is -1");
	}

	@Test
	void noNumberIsNoRun() {
		assertThat(RunId.ofNullable(null)).isNull();
		assertThat(RunId.ofNullable(17L)).isEqualTo(new RunId(17));
	}

}
