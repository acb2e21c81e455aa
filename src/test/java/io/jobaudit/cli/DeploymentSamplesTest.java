package io.jobaudit.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/** The samples in config/ say what the program does. */
class DeploymentSamplesTest {

	private static final Path CONFIG = Path.of("config");

	/** What each exit code means to who starts the program. */
	private enum Answer {

		/** It is done. */
		DONE,

		/** It is done, and people are to look at it; a repetition changes nothing. */
		LOOK,

		/** The same again goes on. */
		AGAIN,

		/** Somebody has to mend something first. */
		MEND

	}

	private static final Map<Integer, Answer> ANSWERS = new TreeMap<>(
			Map.ofEntries(Map.entry(0, Answer.DONE), Map.entry(2, Answer.LOOK), Map.entry(3, Answer.LOOK),
					Map.entry(64, Answer.MEND), Map.entry(65, Answer.MEND), Map.entry(69, Answer.AGAIN),
					Map.entry(70, Answer.MEND), Map.entry(73, Answer.AGAIN), Map.entry(75, Answer.AGAIN),
					Map.entry(77, Answer.MEND), Map.entry(78, Answer.MEND), Map.entry(130, Answer.AGAIN),
					Map.entry(137, Answer.AGAIN), Map.entry(143, Answer.AGAIN)));

	@TempDir
	private Path directory;

	@Test
	void theTableHasTheReadmesExitCodes() throws IOException {
		String readme = Files.readString(Path.of("README.md"));
		Set<Integer> codes = new TreeSet<>(Set.of(0));
		Pattern.compile("(?m)^\\|[^|]*\\| ([\\d, ]+)(?: or none)? \\|")
			.matcher(readme)
			.results()
			.flatMap((match) -> Stream.of(match.group(1).split("[, ]+")))
			.forEach((code) -> codes.add(Integer.valueOf(code)));

		assertThat(ANSWERS.keySet()).isEqualTo(codes);
	}

	@Test
	void systemdTakesEachExitCodeAsItIsMeant() throws IOException {
		String service = Files.readString(CONFIG.resolve("systemd/job-audit.service"));

		assertThat(codes(service, "SuccessExitStatus=")).isEqualTo(codesOf(Answer.LOOK));
		assertThat(codes(service, "RestartPreventExitStatus=")).isEqualTo(codesOf(Answer.MEND));
		assertThat(service).as("all others are tried again").contains("\nRestart=on-failure\n");
	}

	@Test
	void kubernetesTakesEachExitCodeAsItIsMeant() throws IOException {
		Map<?, ?> policy = (Map<?, ?>) in(cronJob(), "spec", "jobTemplate", "spec", "podFailurePolicy");
		Map<String, Set<Integer>> actions = new TreeMap<>();
		for (Object rule : (List<?>) in(policy, "rules")) {
			if (((Map<?, ?>) rule).get("onExitCodes") instanceof Map<?, ?> on) {
				assertThat(on.get("containerName")).isEqualTo("job-audit");
				assertThat(on.get("operator")).isEqualTo("In");
				actions.put(String.valueOf(((Map<?, ?>) rule).get("action")),
						((List<?>) in(on, "values")).stream()
							.map(Integer.class::cast)
							.collect(Collectors.toCollection(TreeSet::new)));
			}
		}
		Set<Integer> notAgain = codesOf(Answer.LOOK);
		notAgain.addAll(codesOf(Answer.MEND));

		assertThat(actions).isEqualTo(Map.of("FailJob", notAgain, "Count", codesOf(Answer.AGAIN)));
	}

	@Test
	void kubernetesEndsARunLaterThanTheRunEndsItself() throws IOException {
		Object job = in(cronJob(), "spec", "jobTemplate", "spec");
		Object pod = in(job, "template", "spec");
		List<?> containers = (List<?>) in(pod, "containers");
		List<?> arguments = (List<?>) in(containers.get(0), "args");

		assertThat(arguments.contains("--max-runtime=5h")).isTrue();
		assertThat((Integer) in(job, "activeDeadlineSeconds")).isGreaterThan(5 * 3600);
		assertThat((Integer) in(pod, "terminationGracePeriodSeconds")).as("a polite stop takes ten").isGreaterThan(10);
		assertThat(in(cronJob(), "spec", "concurrencyPolicy")).isEqualTo("Forbid");
		assertThat(in(pod, "securityContext", "runAsNonRoot")).isEqualTo(true);
		assertThat(in(containers.get(0), "securityContext", "readOnlyRootFilesystem")).isEqualTo(true);
	}

	/** Every command line in a sample is one that the program takes. */
	@ParameterizedTest
	@ValueSource(strings = { "cron/job-audit", "systemd/job-audit.service", "docker/Dockerfile", "docker/compose.yml" })
	void commandsAndOptionsExist(String sample) throws IOException {
		Matcher commands = Pattern
			.compile("(?:job-audit\\.jar|run --rm job-audit) ((?:run|close|report) [^\"\\n\\\\]*)")
			.matcher(Files.readString(CONFIG.resolve(sample))
				.replaceAll("\\\\\\s+", " ")
				.replaceAll("\"\\$\\([^)]*\\)\"", "2026-10"));

		int found = 0;
		while (commands.find()) {
			found++;
			assertTaken(commands.group(1).replaceAll("--audit\\.\\S+|--spring\\.\\S+|[|].*", ""));
		}
		assertThat(found).isPositive();
	}

	@Test
	void theCronJobsArgumentsExist() throws IOException {
		Object container = ((List<?>) in(cronJob(), "spec", "jobTemplate", "spec", "template", "spec", "containers"))
			.get(0);

		assertTaken(String.join(" ", ((List<?>) in(container, "args")).stream().map(String::valueOf).toList()));
	}

	private static void assertTaken(String command) {
		List<String> words = Stream.of(command.replace("'", "").split("\\s+"))
			.filter((word) -> !word.isBlank())
			.takeWhile((word) -> !word.equals(";"))
			.toList();
		CommandLine program = JobAudit.commandLine(List.of());

		program.parseArgs(words.toArray(String[]::new));
	}

	@Test
	void theImageHasTheBuildsJar() throws IOException {
		String dockerfile = Files.readString(CONFIG.resolve("docker/Dockerfile"));

		assertThat(dockerfile).contains("COPY target/job-audit.jar ");
		assertThat(Files.readString(Path.of("pom.xml"))).contains("<finalName>job-audit</finalName>");
		assertThat(Files.readString(Path.of(".dockerignore"))).contains("!target/job-audit.jar");
		assertThat(dockerfile).containsPattern("(?m)^USER 10001:10001$").containsPattern("(?m)^ENTRYPOINT \\[");
	}

	@Test
	void systemdItselfTakesTheUnits() throws Exception {
		Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/systemd-analyze")), "there is no systemd-analyze");
		Path service = this.directory.resolve("job-audit.service");
		// where it is installed there is a java, and here there is one for sure
		Files.writeString(service, Files.readString(CONFIG.resolve("systemd/job-audit.service"))
			.replace("/usr/bin/java", ProcessHandle.current().info().command().orElseThrow()));
		Path timer = Files.copy(CONFIG.resolve("systemd/job-audit.timer"), this.directory.resolve("job-audit.timer"));

		assertThat(said("systemd-analyze", "verify", service.toString(), timer.toString())).isEmpty();
		String calendar = Files.readString(timer).replaceAll("(?s).*OnCalendar=([^\\n]*).*", "$1");
		assertThat(said("systemd-analyze", "calendar", calendar)).contains("Asia/Shanghai");
	}

	private static String said(String... command) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(said).isZero();
		return said;
	}

	private static Set<Integer> codes(String service, String name) {
		return service.lines()
			.filter((line) -> line.startsWith(name))
			.flatMap((line) -> Stream.of(line.substring(name.length()).split(" ")))
			.map(Integer::valueOf)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static Set<Integer> codesOf(Answer answer) {
		return ANSWERS.entrySet()
			.stream()
			.filter((entry) -> entry.getValue() == answer)
			.map(Map.Entry::getKey)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static Object cronJob() throws IOException {
		return new Yaml().load(Files.readString(CONFIG.resolve("kubernetes/base/cronjob.yaml")));
	}

	private static Object in(Object map, String... names) {
		Object value = map;
		for (String name : names) {
			value = Objects.requireNonNull(((Map<?, ?>) value).get(name), name);
		}
		return value;
	}

}
