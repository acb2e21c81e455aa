package io.jobaudit.docs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.jobaudit.ExitStatus;
import io.jobaudit.cli.EndingsIT;
import io.jobaudit.docs.Night.Morning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

	@ParameterizedTest
	@ValueSource(strings = { "systemd/job-audit.service", "systemd/job-audit-night.service" })
	void systemdDecidesSo(String unit) throws Exception {
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
		assertThat(Sample.at(rules, 1)).as("and 1, with which Java ends that cannot start")
			.isEqualTo(rule("FailJob", Stream.concat(Stream.of(1), codes(Then.A_PERSON).stream()).toList()));
		assertThat(Sample.at(rules, 2)).isEqualTo(rule("Count", codes(Then.AGAIN)));
		assertThat(Sample.at(Sample.pod(), "restartPolicy")).as("else no policy is accepted").isEqualTo("Never");
		assertThat((Integer) Sample.at(Sample.job(), "backoffLimit")).as("Count means again").isPositive();
	}

	@Test
	void cronDecidesSo(@TempDir Path directory) throws Exception {
		for (Map.Entry<Integer, Then> decision : DECISIONS.entrySet()) {
			Path home = Files.createDirectory(directory.resolve(decision.getKey().toString()));
			Morning morning = new Night(home, "exit " + decision.getKey()).pass();

			assertThat(morning.code()).isEqualTo(decision.getKey());
			assertThat(morning.tries()).as("starts that end with %s", decision.getKey())
				.isEqualTo((decision.getValue() == Then.AGAIN) ? 4 : 1);
			assertThat(morning.mail().isEmpty()).as("nothing is mailed").isEqualTo(decision.getValue() == Then.DONE);
		}
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
