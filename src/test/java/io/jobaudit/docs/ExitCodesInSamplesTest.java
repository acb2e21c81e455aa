package io.jobaudit.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.jobaudit.ExitStatus;
import io.jobaudit.cli.EndingsIT;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What follows an exit code is one decision, and every sample takes it. */
class ExitCodesInSamplesTest {

	/** What follows an exit code. */
	private enum Then {

		/** Nothing. */
		DONE,

		/** The same command goes on where it was. */
		AGAIN,

		/** No repetition helps: the run is complete, or something must be mended. */
		A_PERSON

	}

	/** Every exit code of ours, and that of a process that was killed. */
	private static final Map<Integer, Then> DECISIONS = decisions();

	private static Map<Integer, Then> decisions() {
		Map<Integer, Then> decisions = new TreeMap<>(Map.of(128 + 9, Then.AGAIN));
		for (ExitStatus status : ExitStatus.values()) {
			decisions.put(status.code(),
					(status == ExitStatus.COMPLETE) ? Then.DONE : status.isRepeatable() ? Then.AGAIN : Then.A_PERSON);
		}
		return decisions;
	}

	@Test
	void everyEndingThatIsTestedHasADecisionAndNoOther() {
		assertThat(DECISIONS.keySet()).isEqualTo(Arrays.stream(EndingsIT.Ending.values())
			.map(EndingsIT.Ending::exitCode)
			.collect(Collectors.toCollection(TreeSet::new)));
	}

	@Test
	void systemdDecidesSo() throws Exception {
		String unit = "systemd/job-audit.service";
		Collection<Integer> prevented = numbers(Sample.values(unit, "RestartPreventExitStatus"));

		assertThat(Sample.values(unit, "Restart")).as("again after whatever is not prevented")
			.containsExactly("on-failure");
		assertThat(Sample.read(unit)).as("no other code is a success, none is forced")
			.doesNotContainPattern("(?m)^(SuccessExitStatus|RestartForceExitStatus)=");
		assertThat(prevented).containsExactlyElementsOf(codes(Then.A_PERSON));
	}

	@Test
	void kubernetesDecidesSo() throws Exception {
		Object rules = Sample.at(Sample.job(), "podFailurePolicy", "rules");

		assertThat((List<?>) rules).hasSize(3);
		assertThat(Sample.at(rules, 0)).isEqualTo(Map.of("action", "Ignore", "onPodConditions",
				List.of(Map.of("type", "DisruptionTarget", "status", "True"))));
		assertThat(Sample.at(rules, 1)).isEqualTo(rule("FailJob", codes(Then.A_PERSON)));
		assertThat(Sample.at(rules, 2)).isEqualTo(rule("Count", codes(Then.AGAIN)));
		assertThat(Sample.at(Sample.pod(), "restartPolicy")).as("else no policy is accepted").isEqualTo("Never");
		assertThat((Integer) Sample.at(Sample.job(), "backoffLimit")).as("Count means again").isPositive();
	}

	@Test
	void cronDecidesSo(@TempDir Path home) throws Exception {
		for (Map.Entry<Integer, Then> decision : DECISIONS.entrySet()) {
			Path starts = home.resolve("starts-" + decision.getKey());
			Process night = night(home, "echo \"$*\" >>" + starts + "\nexit " + decision.getKey());

			assertThat(night.waitFor()).isEqualTo(decision.getKey());
			assertThat(Files.readAllLines(starts)).as("starts that end with %s", decision.getKey())
				.hasSize((decision.getValue() == Then.AGAIN) ? 3 : 1);
			assertThat(new String(night.getErrorStream().readAllBytes()).isEmpty()).as("nothing is mailed")
				.isEqualTo(decision.getValue() == Then.DONE);
		}
	}

	@Test
	void cronIsContentOnceATryIsComplete(@TempDir Path home) throws Exception {
		Process night = night(home, "[ -e tried ] && exit 0\ntouch tried\nexit 75");

		assertThat(night.waitFor()).isZero();
	}

	/** The shell would end with 2, which is that of a complete run. */
	@Test
	void cronEndsWith78IfItsEnvironmentCannotBeRead(@TempDir Path home) throws Exception {
		Path environment = Files.writeString(home.resolve("environment"), "AUDIT_API_REGION=cn-shanghai\n");
		assertThat(environment.toFile().setReadable(false)).isTrue();
		ProcessBuilder night = script(home, "touch started");
		night.environment().put("JOB_AUDIT_ENVIRONMENT", environment.toString());
		// Not as root, who can read everything.
		night.command().addAll(0, List.of("unshare", "--user"));
		Process ended = night.start();

		assertThat(ended.waitFor()).isEqualTo(78);
		assertThat(new String(ended.getErrorStream().readAllBytes())).contains("cannot read " + environment);
		assertThat(home.resolve("started")).doesNotExist();
	}

	/** The script for cron with another program and no time between its tries. */
	private static Process night(Path home, String program) throws IOException {
		return script(home, program).start();
	}

	private static ProcessBuilder script(Path home, String script) throws IOException {
		Path program = Files.writeString(home.resolve("job-audit"), "#!/bin/sh\n" + script + "\n");
		assertThat(program.toFile().setExecutable(true)).isTrue();
		ProcessBuilder night = new ProcessBuilder(
				new ArrayList<>(List.of("sh", Sample.CONFIG.resolve("cron/nightly").toAbsolutePath().toString())));
		night.environment().put("PATH", home + ":" + System.getenv("PATH"));
		night.environment().put("JOB_AUDIT_HOME", home.toString());
		night.environment().put("JOB_AUDIT_PAUSES", "0 0 end");
		night.environment().put("JOB_AUDIT_ENVIRONMENT", home.resolve("no-environment").toString());
		night.directory(home.toFile());
		return night;
	}

	private static Map<String, Object> rule(String action, List<Integer> codes) {
		return Map.of("action", action, "onExitCodes",
				Map.of("containerName", "job-audit", "operator", "In", "values", codes));
	}

	/** In rising order, as Kubernetes wants them. */
	private static List<Integer> codes(Then then) {
		return DECISIONS.keySet().stream().filter((code) -> DECISIONS.get(code) == then).toList();
	}

	private static List<Integer> numbers(List<String> texts) {
		return texts.stream().map(Integer::valueOf).toList();
	}

}
