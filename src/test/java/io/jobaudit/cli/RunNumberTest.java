package io.jobaudit.cli;

import io.jobaudit.RunId;
import io.jobaudit.ids.BadInputException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RunNumberTest {

	@Test
	void aNumberThatNoRunCanHaveIsBadInput() {
		assertThatExceptionOfType(BadInputException.class).isThrownBy(() -> AuditCommand.toRunId(-5))
			.withMessage("the number of a run is 1 or more, but is -5; job-audit runs lists the runs");
		assertThat(AuditCommand.toRunId(5)).isEqualTo(new RunId(5));
	}

}
