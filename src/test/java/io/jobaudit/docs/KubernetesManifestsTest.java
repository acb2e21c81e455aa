package io.jobaudit.docs;

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1CronJob;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

/** The manifests by the schema of Kubernetes, as its own client has it. */
class KubernetesManifestsTest {

	private static final Map<String, Class<?>> KINDS = Map.of("CronJob", V1CronJob.class, "Job", V1Job.class,
			"ConfigMap", V1ConfigMap.class, "ServiceAccount", V1ServiceAccount.class, "Deployment", V1Deployment.class,
			"PodDisruptionBudget", V1PodDisruptionBudget.class);

	private static final JsonMapper JSON_MAPPER = JsonMapper.shared();

	@ParameterizedTest
	@ValueSource(strings = { "kubernetes/base/cronjob.yaml", "kubernetes/migration/job.yaml",
			"kubernetes/rrsa/service-account.yaml", "kubernetes/workers/deployment.yaml",
			"kubernetes/workers/disruption-budget.yaml" })
	void aManifestIsAsTheSchemaSays(String file) throws Exception {
		checkAll(Sample.read(file), 1);
	}

	@ParameterizedTest
	@CsvSource({ "base, 2", "secret, 2", "rrsa, 3", "migration, 1", "workers, 4" })
	void aVariantIsAsTheSchemaSays(String variant, int manifests) throws Exception {
		checkAll(kustomize(variant), manifests);
	}

	@ParameterizedTest
	@CsvSource({ "backoffLimit, backoffLimt, `backoffLimt`", "schedule:, scedule:, `scedule`",
			"readOnlyRootFilesystem, readOnlyRootFileSystem, `readOnlyRootFileSystem`",
			"podFailurePolicy, podFailurPolicy, `podFailurPolicy`", "backoffLimit: 5, backoffLimit: five, five",
			"backoffLimit: 5, backoffLimit: '5', spec.backoffLimit",
			"runAsNonRoot: true, runAsNonRoot: 'true', securityContext.runAsNonRoot",
			"name: tmp, name: 17, volumeMounts[3].name", "operator: In, operator: [In], `operator`",
			"'[69, 73, 75, 130, 137, 143]', 'some', `values`" })
	void whatIsMisspeltOrOfAnotherTypeIsRefused(String right, String wrong, String says) throws Exception {
		String manifest = Sample.read("kubernetes/base/cronjob.yaml");
		assertThat(manifest).contains(right);

		assertThatThrownBy(() -> checkAll(manifest.replace(right, wrong), 1)).hasStackTraceContaining(says);
	}

	@Test
	void theSecretVariantAddsTheKeyAndTheOtherTheToken() throws Exception {
		assumeThat(kubectl()).isTrue();

		assertThat(kustomize("secret")).contains("name: job-audit-database", "name: job-audit-cloud")
			.doesNotContain("OIDC");
		assertThat(kustomize("rrsa"))
			.contains("ALIBABA_CLOUD_ROLE_ARN", "ALIBABA_CLOUD_OIDC_PROVIDER_ARN", "audience: sts.aliyuncs.com",
					"value: /var/run/secrets/ack.alibabacloud.com/rrsa-tokens/token",
					"mountPath: /var/run/secrets/ack.alibabacloud.com/rrsa-tokens\n", "serviceAccountName: job-audit")
			.doesNotContain("job-audit-cloud");
	}

	/** The selectors find the pods, one of which may be away, and not two of one node. */
	@Test
	void workersAreSpreadAndNotAllStoppedAtOnce() throws Exception {
		Object deployment = Sample.at(Sample.yaml("kubernetes/workers/deployment.yaml"), "spec");
		Object labels = Sample.at(deployment, "template", "metadata", "labels");
		Object budget = Sample.at(Sample.yaml("kubernetes/workers/disruption-budget.yaml"), "spec");
		Object spread = Sample.at(Sample.worker(), "topologySpreadConstraints", 0);

		assertThat(Sample.at(deployment, "selector", "matchLabels")).isEqualTo(labels);
		assertThat(Sample.at(budget, "selector", "matchLabels")).isEqualTo(labels);
		assertThat(Sample.at(budget, "maxUnavailable")).isEqualTo(1);
		assertThat(Sample.at(spread, "labelSelector", "matchLabels")).isEqualTo(labels);
		assertThat(Sample.at(spread, "topologyKey")).isEqualTo("kubernetes.io/hostname");
	}

	/** What starts a night and what works for it have the same accounts and keys. */
	@Test
	void theWorkersKnowTheAccountsOfTheNight() throws Exception {
		String night = kustomize("workers");

		assertThat(Sample.at(Sample.worker(), "containers", 0, "args")).asString()
			.startsWith("[worker, --accounts, /app/config/accounts.yml, ");
		assertThat(night).containsPattern(
				"(?s)- night\\s+- --accounts\\s+- /app/config/accounts.yml\\s+- --until\\s+- \"06:00\"\\s+- --detach")
			.contains("schedule: 15 2-5 * * *", "\n  accounts.yml: |\n");
		assertThat(night.split("name: job-audit-cloud", -1)).as("keys of the night and of its workers").hasSize(3);
	}

	@Test
	void aRunEndsByItselfBeforeItIsEnded() throws Exception {
		Object cronJob = Sample.at(Sample.yaml("kubernetes/base/cronjob.yaml"), "spec");
		List<?> arguments = (List<?>) Sample.at(Sample.pod(), "containers", 0, "args");
		LocalTime until = LocalTime.parse((String) arguments.get(arguments.indexOf("--until") + 1));
		String[] starts = Sample.at(cronJob, "schedule").toString().split(" ");
		LocalTime start = LocalTime.of(Integer.parseInt(starts[1]), Integer.parseInt(starts[0]));
		Duration deadline = Duration.ofSeconds((Integer) Sample.at(Sample.job(), "activeDeadlineSeconds"));

		assertThat(Sample.at(cronJob, "timeZone"))
			.isEqualTo(Sample.at(Sample.yaml("kubernetes/base/application.yml"), "audit", "report", "zone"));
		assertThat(deadline).isBetween(Duration.between(start, until).plusMinutes(1),
				Duration.between(start, until).plusMinutes(10));
	}

	/** Nobody reads files of a pod: logs are lines for programs, metrics are pushed. */
	@Test
	void whatAPodHasToSayLeavesIt() throws Exception {
		Object container = Sample.at(Sample.pod(), "containers", 0);

		assertThat(Sample.at(container, "args").toString()).contains("--log-format, json");
		assertThat(Sample.at(Sample.yaml("kubernetes/base/application.yml"), "audit", "metrics", "pushgateway", "url"))
			.asString()
			.startsWith("http://");
		assertThat(Sample.at(container, "resources", "limits", "ephemeral-storage")).isEqualTo("3Gi");
		assertThat(Sample.read("kubernetes/base/cronjob.yaml")).as("one night's list").contains("- /ids/ids.csv.gz\n");
	}

	private static String kustomize(String variant) throws IOException {
		assumeThat(kubectl()).as("kubectl is installed").isTrue();
		Process process = new ProcessBuilder("kubectl", "kustomize", "config/kubernetes/" + variant)
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		return new String(process.getInputStream().readAllBytes());
	}

	private static boolean kubectl() {
		return Stream.of(System.getenv("PATH").split(File.pathSeparator))
			.anyMatch((directory) -> new File(directory, "kubectl").canExecute());
	}

	private static void checkAll(String manifests, int expected) throws Exception {
		int count = 0;
		for (Object manifest : new Yaml().loadAll(manifests)) {
			check(JSON_MAPPER.valueToTree(manifest));
			count++;
		}
		assertThat(count).isEqualTo(expected);
	}

	/**
	 * The model refuses unknown and missing fields; a value of another type it may bend
	 * to its own, so that it comes back another one.
	 */
	private static void check(JsonNode manifest) throws Exception {
		Class<?> kind = Objects.requireNonNull(KINDS.get(manifest.get("kind").asString()));
		Object model = JSON.deserialize(manifest.toString(), kind);
		assertPartOf(manifest, JSON_MAPPER.readTree(JSON.serialize(model)), kind.getSimpleName());
	}

	private static void assertPartOf(JsonNode part, JsonNode whole, String path) {
		assertThat(whole).as(path).isNotNull();
		if (part.isObject()) {
			part.propertyStream()
				.forEach((field) -> assertPartOf(field.getValue(), whole.get(field.getKey()),
						path + "." + field.getKey()));
		}
		else if (part.isArray()) {
			assertThat(whole.size()).as(path).isEqualTo(part.size());
			for (int i = 0; i < part.size(); i++) {
				assertPartOf(part.get(i), whole.get(i), path + "[" + i + "]");
			}
		}
		else {
			assertThat(whole).as(path).isEqualTo(part);
		}
	}

}
