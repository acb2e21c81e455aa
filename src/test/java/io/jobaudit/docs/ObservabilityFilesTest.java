package io.jobaudit.docs;

import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

import static org.assertj.core.api.Assertions.assertThat;

class ObservabilityFilesTest {

	@Test
	void everyAlertLeadsToItsRunbookAndEveryRunbookIsOfAnAlert() throws Exception {
		List<String> runbooks = Page.groups(Pattern.compile("runbook_url: (\\S+)"),
				Files.readString(ObservabilityFiles.DIRECTORY.resolve("alerts.yml")));
		String page = "https://docs.example/job-audit/OPERATIONS.md#";

		assertThat(runbooks).hasSameSizeAs(ObservabilityFiles.alertExpressions())
			.containsExactlyInAnyOrderElementsOf(Page.OPERATIONS.anchors()
				.stream()
				.filter((anchor) -> anchor.startsWith("jobaudit"))
				.map(page::concat)
				.toList());
	}

	@Test
	@EnabledIf("io.jobaudit.docs.Promtool#isThere")
	void promtoolTakesTheAlertsAndTheirTests() throws Exception {
		assertThat(Promtool.run("check", "rules", "alerts.yml")).contains("SUCCESS: 13 rules found");
		assertThat(Promtool.run("test", "rules", "alerts_test.yml")).contains("SUCCESS");
	}

}
