package io.jobaudit.watch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

import static org.assertj.core.api.Assertions.assertThat;

@EnabledIf("io.jobaudit.watch.Promtool#isThere")
class ObservabilityFilesTest {

	@Test
	void promtoolTakesTheAlertsAndTheirTests() throws Exception {
		assertThat(Promtool.run("check", "rules", "alerts.yml")).contains("SUCCESS: 7 rules found");
		assertThat(Promtool.run("test", "rules", "alerts_test.yml")).contains("SUCCESS");
	}

}
