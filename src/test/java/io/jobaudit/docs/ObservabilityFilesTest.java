package io.jobaudit.docs;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

import static org.assertj.core.api.Assertions.assertThat;

@EnabledIf("io.jobaudit.docs.Promtool#isThere")
class ObservabilityFilesTest {

	@Test
	void promtoolTakesTheAlertsAndTheirTests() throws Exception {
		assertThat(Promtool.run("check", "rules", "alerts.yml")).contains("SUCCESS: 7 rules found");
		assertThat(Promtool.run("test", "rules", "alerts_test.yml")).contains("SUCCESS");
	}

}
