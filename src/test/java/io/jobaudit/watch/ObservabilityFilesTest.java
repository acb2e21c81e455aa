package io.jobaudit.watch;

import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

import static org.assertj.core.api.Assertions.assertThat;

/** Read by Prometheus' own tool, where there is one. */
@EnabledIf("isPromtoolThere")
class ObservabilityFilesTest {

	@Test
	void promtoolTakesTheAlertsAndTheirTests() throws Exception {
		assertThat(promtool("check", "rules", "alerts.yml")).contains("SUCCESS: 7 rules found");
		assertThat(promtool("test", "rules", "alerts_test.yml")).contains("SUCCESS");
	}

	static boolean isPromtoolThere() {
		try {
			promtool("--version");
			return true;
		}
		catch (Exception ex) {
			return false;
		}
	}

	static String promtool(String... arguments) throws Exception {
		List<String> command = new java.util.ArrayList<>(List.of("promtool"));
		command.addAll(List.of(arguments));
		Process process = new ProcessBuilder(command).directory(ObservabilityFiles.DIRECTORY.toFile())
			.redirectErrorStream(true)
			.start();
		String output = new String(process.getInputStream().readAllBytes());
		assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).as(output).isZero();
		return output;
	}

}
