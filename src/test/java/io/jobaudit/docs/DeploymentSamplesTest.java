package io.jobaudit.docs;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.jobaudit.cli.CommandLineAccess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.scheduling.support.CronExpression;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** The samples speak of commands, options, settings and files that are there. */
class DeploymentSamplesTest {

	private static final Duration POLITE_STOP = Duration.ofSeconds(10);

	private static final Pattern COMMAND = Pattern.compile(
			"(?m)(?:(?<!-Djarmode=tools )-jar \\S*job-audit\\.jar|^ *job-audit|owner job-audit|^ExecStart=/usr/bin/job-audit) (\\S[^\\n|;)>]*)");

	@Test
	void everyCommandIsOne() throws Exception {
		List<List<String>> commands = new ArrayList<>();
		for (String file : List.of("cron/nightly", "cron/job-audit", "systemd/job-audit.service",
				"systemd/job-audit-migrate.service", "systemd/job-audit-night.service",
				"systemd/job-audit-worker@.service", "docker/Dockerfile")) {
			Matcher command = COMMAND.matcher(Sample.read(file)
				.replace("\"$until\"", "06:00")
				.replace("\"$@\"", "run --ids ids.csv")
				.replaceAll("set -- (night|run)", "job-audit $1"));
			while (command.find()) {
				commands.add(List.of(command.group(1).split(" ")));
			}
		}
		commands.add(strings(Sample.at(Sample.pod(), "containers", 0, "args")));
		commands.add(strings(Sample.at(migration(), "containers", 0, "args")));
		for (String service : List.of("audit", "migrate")) {
			commands.add(strings(Sample.at(Sample.yaml("docker/compose.yml"), "services", service, "command")));
		}
		commands.add(strings(Sample.at(Sample.yaml("docker/demo.yml"), "services", "demo", "command")));
		commands.add(strings(Sample.at(Sample.worker(), "containers", 0, "args")));
		commands.add(strings(Sample.at(Sample.yaml("kubernetes/workers/cronjob.yaml"), "spec", "jobTemplate", "spec",
				"template", "spec", "containers", 0, "args")));
		for (String service : List.of("worker", "night")) {
			commands.add(strings(Sample.at(Sample.yaml("docker/workers.yml"), "services", service, "command")));
		}

		assertThat(commands).hasSize(18);
		for (List<String> command : commands) {
			assertThat(CommandLineAccess.parse(command).hasSubcommand()).as("%s is a command", command).isTrue();
		}
	}

	@Test
	void everyVariableIsASetting() throws Exception {
		Set<String> known = new TreeSet<>();
		settings().forEach((name) -> known.addAll(List.of(variable(name), variable(name.replace('-', '_')))));
		Set<String> used = new TreeSet<>();
		for (Path file : Sample.all()) {
			Matcher variable = Pattern.compile("\\b(AUDIT|SPRING)_[A-Z_]+").matcher(Files.readString(file));
			while (variable.find()) {
				used.add(variable.group());
			}
		}

		assertThat(used).contains("AUDIT_API_REGION", "SPRING_DATASOURCE_URL").isSubsetOf(known);
	}

	@Test
	void theSettingsInTheConfigMapAreSettings() throws Exception {
		EnumerablePropertySource<?> file = (EnumerablePropertySource<?>) new YamlPropertySourceLoader()
			.load("sample", new FileSystemResource(Sample.CONFIG.resolve("kubernetes/base/application.yml")))
			.get(0);

		assertThat(file.getPropertyNames()).contains("audit.api.region").isSubsetOf(settings());
	}

	/** The night never has the owner's password, and waits for who has. */
	@ParameterizedTest
	@CsvSource({ "audit, writer", "migrate, owner" })
	void aPasswordIsMountedUnderTheNameOfItsSetting(String service, String role) throws Exception {
		Object services = Sample.at(Sample.yaml("docker/compose.yml"), "services");
		Object secrets = Sample.at(services, service, "secrets");

		assertThat((List<?>) secrets)
			.extracting((secret) -> Sample.at(secret, "source") + " as " + Sample.at(secret, "target"))
			.containsExactly(service + " as spring.datasource.password");
		assertThat(Sample.at(services, service, "environment", "SPRING_DATASOURCE_USERNAME"))
			.isEqualTo("job_audit_" + role);
		assertThat(Sample.at(services, "audit", "depends_on", "migrate", "condition"))
			.isEqualTo("service_completed_successfully");
	}

	/** Production has neither the demo's jobs nor its list. */
	@Test
	void theDemoSharesNothingWithProduction() throws Exception {
		Map<String, Object> demo = Sample.yaml("docker/demo.yml");
		String production = Sample.read("docker/compose.yml");

		assertThat(demo).containsEntry("name", "job-audit-demo").doesNotContainKeys("volumes", "secrets");
		assertThat(Sample.at(demo, "services", "demo", "network_mode")).isEqualTo("none");
		assertThat(production).contains("${IDS:?", "${AUDIT_API_REGION:?").doesNotContain("demo/", "simulator");
	}

	/** Each file belongs to the user of the one service that reads it. */
	@Test
	void aPasswordOfComposeCanBeReadByOneUserOnly(@TempDir Path directory) throws Exception {
		Path docker = Files.createDirectories(directory.resolve("config/docker"));
		Path script = Files.copy(Sample.CONFIG.resolve("docker/prepare.sh"), docker.resolve("prepare.sh"));
		assumeThat(System.getProperty("user.name")).isEqualTo("root");

		assertThat(new ProcessBuilder("sh", script.toString()).inheritIO().start().waitFor()).isZero();

		Map<String, Object> services = asMap(Sample.at(Sample.yaml("docker/compose.yml"), "services"));
		for (String service : List.of("database", "migrate", "audit")) {
			int user = service.equals("database") ? 999 : 10001;
			for (Object secret : (List<?>) Sample.at(services, service, "secrets")) {
				String name = (secret instanceof Map<?, ?> mounted) ? mounted.get("source").toString()
						: secret.toString();
				Path file = docker.resolve("secrets/" + name);
				assertThat(Files.getAttribute(file, "unix:uid")).as(name).isEqualTo(user);
				assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("r--------");
				assertThat(Files.readString(file)).as(name).hasSize(32);
			}
		}
		assertThat(docker.resolve("secrets/audit")).hasSameTextualContentAs(docker.resolve("secrets/writer"));
		assertThat(docker.resolve("secrets/migrate")).hasSameTextualContentAs(docker.resolve("secrets/owner"));
		assertThat(Files.getAttribute(directory.resolve("reports"), "unix:uid")).isEqualTo(10001);
	}

	@Test
	void noNightWritesIntoAnEmbeddedDatabase() throws Exception {
		String refused = "AUDIT_EMBEDDED_DATABASE=refuse";

		assertThat(Sample.read("cron/nightly")).contains("\nexport " + refused + "\n");
		assertThat(Sample.values("systemd/job-audit.service", "Environment")).contains(refused);
		assertThat(Sample.at(Sample.yaml("kubernetes/base/application.yml"), "audit", "embedded-database"))
			.isEqualTo("refuse");
		assertThat(Sample.at(Sample.yaml("docker/compose.yml"), "services", "audit", "environment",
				"AUDIT_EMBEDDED_DATABASE"))
			.isEqualTo("refuse");
		for (String unit : List.of("job-audit-night.service", "job-audit-worker@.service")) {
			assertThat(Sample.values("systemd/" + unit, "Environment")).contains(refused);
		}
		for (String service : List.of("worker", "night")) {
			assertThat(Sample.at(Sample.yaml("docker/workers.yml"), "services", service, "environment",
					"AUDIT_EMBEDDED_DATABASE"))
				.isEqualTo("refuse");
		}
	}

	@Test
	void noPodGetsTheVariablesOfServices() throws Exception {
		assertThat(Sample.at(Sample.pod(), "enableServiceLinks")).isEqualTo(false);
		assertThat(Sample.at(migration(), "enableServiceLinks")).isEqualTo(false);
		assertThat(Sample.at(Sample.worker(), "enableServiceLinks")).isEqualTo(false);
	}

	@Test
	void theImageIsMadeOfWhatTheBuildMakes() throws Exception {
		String pom = Files.readString(Path.of("pom.xml"));
		String jar = "target/" + group(pom, "<finalName>(.+)</finalName>") + ".jar";
		String version = group(pom, "<artifactId>job-audit</artifactId>\\s+<version>(.+)</version>");
		String dockerfile = Sample.read("docker/Dockerfile");

		assertThat(Files.readAllLines(Path.of(".dockerignore"))).containsExactly("*", "!" + jar);
		assertThat(dockerfile).contains("COPY " + jar + " ./", "image.version=\"" + version + "\"");
		assertThat(Sample.at(Sample.pod(), "containers", 0, "image")).isEqualTo("job-audit:" + version);
		assertThat(Sample.at(migration(), "containers", 0, "image")).isEqualTo("job-audit:" + version);
		assertThat(Sample.at(Sample.worker(), "containers", 0, "image")).isEqualTo("job-audit:" + version);
		for (String service : List.of("compose.yml audit", "workers.yml worker", "workers.yml night")) {
			String[] names = service.split(" ");
			assertThat(Sample.at(Sample.yaml("docker/" + names[0]), "services", names[1], "image"))
				.isEqualTo("job-audit:" + version);
		}
	}

	@Test
	void nothingRunsAsRootOrInAShell() throws Exception {
		String dockerfile = Sample.read("docker/Dockerfile");
		String lastStage = dockerfile.substring(dockerfile.lastIndexOf("\nFROM "));
		String user = group(lastStage, "\nUSER (\\d+):\\d+\n");

		assertThat(Integer.parseInt(user)).isPositive();
		assertThat(Sample.at(Sample.pod(), "securityContext", "runAsUser")).isEqualTo(Integer.valueOf(user));
		assertThat(JsonMapper.shared().readTree(group(lastStage, "\nENTRYPOINT (.+)\n")).get(0).asString())
			.isEqualTo("java");
		assertThat(lastStage).contains("\nSTOPSIGNAL SIGTERM\n");
	}

	/** The virtual machine would say with 3 what means a complete run. */
	@Test
	void noVirtualMachineEndsWithACodeOfOurs() throws Exception {
		for (Path file : Sample.all()) {
			assertThat(Files.readAllLines(file)).as(file.toString())
				.noneMatch((line) -> !line.strip().startsWith("#") && line.contains("ExitOnOutOfMemoryError"));
		}
	}

	@Test
	void aPoliteStopIsWaitedFor() throws Exception {
		for (String unit : List.of("job-audit.service", "job-audit-night.service", "job-audit-worker@.service")) {
			assertThat(duration(Sample.values("systemd/" + unit, "TimeoutStopSec").get(0))).isGreaterThan(POLITE_STOP);
		}
		for (Object pod : List.of(Sample.pod(), Sample.worker())) {
			assertThat(Duration.ofSeconds((Integer) Sample.at(pod, "terminationGracePeriodSeconds")))
				.isGreaterThan(POLITE_STOP);
		}
		for (String service : List.of("compose.yml audit", "workers.yml worker", "workers.yml night")) {
			String[] names = service.split(" ");
			assertThat(duration(
					Sample.at(Sample.yaml("docker/" + names[0]), "services", names[1], "stop_grace_period").toString()))
				.isGreaterThan(POLITE_STOP);
		}
	}

	@Test
	void everyNightIsOnTheCalendar() throws Exception {
		String cron = group(Sample.read("cron/job-audit"),
				"\n((?:[\\d*/,-]+ ){5})job-audit /opt/job-audit/with-environment /etc/job-audit/environment /opt/job-audit/nightly\n");
		Object spec = Sample.at(Sample.yaml("kubernetes/base/cronjob.yaml"), "spec");

		assertThat(CronExpression.isValidExpression("0 " + cron.strip())).isTrue();
		assertThat(CronExpression.isValidExpression("0 " + Sample.at(spec, "schedule"))).isTrue();
		assertThat(ZoneId.getAvailableZoneIds()).contains(Sample.at(spec, "timeZone").toString());
	}

	/** A cache of another path's classes is passed over without a word. */
	@Test
	void theCacheIsTrainedWithTheClassPathOfLaterStarts() throws Exception {
		String dockerfile = Sample.read("docker/Dockerfile");
		String trained = group(dockerfile, "\nRUN java -XX:AOTCacheOutput=\\S+ -jar (\\S+) ");

		assertThat(trained).isEqualTo("/app/job-audit.jar");
		assertThat(group(dockerfile, "\nENTRYPOINT (.+)\n")).contains("\"-XX:AOTCache=/app/job-audit.aot\"",
				"\"-jar\", \"" + trained + "\"");
	}

	@Test
	void whatComposeMountsIsThere() throws Exception {
		Map<?, ?> services = (Map<?, ?>) Sample.at(Sample.yaml("docker/compose.yml"), "services");
		List<String> mounted = Stream.of("database", "audit")
			.flatMap((service) -> strings(Sample.at(services, service, "volumes")).stream())
			.filter((volume) -> volume.startsWith(".") && volume.endsWith(":ro"))
			.map((volume) -> volume.substring(0, volume.indexOf(':')))
			.toList();

		assertThat(mounted).hasSize(3)
			.allSatisfy((file) -> assertThat(Sample.CONFIG.resolve("docker/" + file)).exists());
	}

	/** What is no program, PostgreSQL's image reads into its own shell. */
	@Test
	void scriptsArePrograms() {
		assertThat(List.of("cron/nightly", "cron/with-environment", "docker/passwords.sh", "docker/prepare.sh"))
			.allSatisfy((script) -> assertThat(Sample.CONFIG.resolve(script)).isExecutable());
	}

	/** The pod of the job that migrates. */
	private static Object migration() throws IOException {
		return Sample.at(Sample.yaml("kubernetes/migration/job.yaml"), "spec", "template", "spec");
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> asMap(Object tree) {
		return (Map<String, Object>) tree;
	}

	private static Duration duration(String text) {
		return DurationStyle.detectAndParse(text);
	}

	private static List<String> strings(Object list) {
		return ((List<?>) list).stream().map(Object::toString).toList();
	}

	private static String group(String text, String pattern) {
		Matcher matcher = Pattern.compile(pattern).matcher(text);
		assertThat(matcher.find()).as(pattern).isTrue();
		return matcher.group(1);
	}

	private static String variable(String setting) {
		return setting.toUpperCase(Locale.ROOT).replace("-", "").replace('.', '_');
	}

	/** Names of all settings: our own, and Boot's by its metadata. */
	private static Set<String> settings() throws IOException, ClassNotFoundException {
		Set<String> names = new TreeSet<>();
		var scanner = new ClassPathScanningCandidateComponentProvider(false);
		scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
		for (var candidate : scanner.findCandidateComponents("io.jobaudit")) {
			Class<?> type = Class.forName(candidate.getBeanClassName());
			addNames(names, type.getAnnotation(ConfigurationProperties.class).value(), type);
		}
		for (URL metadata : Collections.list(DeploymentSamplesTest.class.getClassLoader()
			.getResources("META-INF/spring-configuration-metadata.json"))) {
			for (JsonNode property : JsonMapper.shared().readTree(metadata.openStream()).get("properties")) {
				names.add(property.get("name").asString());
			}
		}
		return names;
	}

	private static void addNames(Set<String> names, String prefix, Class<?> type) {
		Arrays.stream(type.getRecordComponents()).forEach((component) -> {
			String name = prefix + "." + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
			names.add(name);
			if (component.getType().isRecord()) {
				addNames(names, name, component.getType());
			}
		});
	}

}
