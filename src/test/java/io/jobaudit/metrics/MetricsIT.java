package io.jobaudit.metrics;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.jobaudit.TestPostgres;
import io.jobaudit.cli.AuditProcess;
import io.jobaudit.cli.AuditProcess.Ended;
import io.jobaudit.docs.ObservabilityFiles;
import io.jobaudit.docs.Promtool;
import io.jobaudit.report.RunSummaries;
import io.jobaudit.simulator.Fault;
import io.jobaudit.simulator.Simulator;
import io.jobaudit.simulator.SimulatorOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** The metrics of a run in the textfile, the Pushgateway and by OTLP. */
class MetricsIT {

	private static final String RUN = "job-audit.prom";

	private static final String LAST_SUCCESS = "job-audit-last-success.prom";

	private static final String FAULTS = "throttle=0.03,server-error=0.05,reset=0.02,cut-body=0.02";

	@TempDir
	private Path directory = Path.of("");

	private final PGSimpleDataSource database = TestPostgres.migratedDatabase();

	@Test
	void allDestinationsAgreeWithTheSummaryOfTheRun() throws Exception {
		JdbcClient.create(this.database)
			.sql("""
					insert into audit.audit_run (account, region, status, input_source, input_sha256, started_at, version, settings, distinct_ids)
					values ('default', 'cn-shanghai', 'COMPLETED', :source, repeat('a1', 32), now(), '0.1.0', '{}', 1000)""")
			.param("source", this.directory.resolve("ids.csv").toString())
			.update();
		SimulatorOptions options = SimulatorOptions.defaults().withFaults(Fault.parse(FAULTS));
		try (Simulator simulator = Simulator.start(options); PushReceiver receiver = PushReceiver.start()) {
			Ended ended = run(process(simulator.endpoint().toString(), receiver));

			assertThat(ended.exitCode()).as(ended.err()).isEqualTo(3);
			assertThat(ended.err()).doesNotContain("audit.metrics", "management.otlp", "Metrics");
			ExpositionText textfile = textfile();
			assertAgrees(textfile, summary(2));
			assertThat(gauge(textfile, "jobaudit_api_call_duration_seconds_count"))
				.isEqualTo(simulator.statistics().calls());
			assertThat(receiver.group("default", "cn-shanghai").samples()).isEqualTo(textfile.samples());
			assertThat(receiver.methods()).as("when it began, while it went on, when it had ended")
				.hasSizeGreaterThan(2)
				.startsWith("PUT")
				.filteredOn("PUT"::equals)
				.hasSize(1);
			assertThat(receiver.states()).extracting((state) -> gauge(state, "jobaudit_run_in_progress"))
				.endsWith(0.0)
				.filteredOn((value) -> value == 0)
				.hasSize(1);
			assertThat(receiver.otlp()).isEqualTo(withoutBuckets(textfile));
			ObservabilityFiles.assertSpeakOfMetricsIn(textfile);
			if (Promtool.isThere()) {
				Promtool.run(this.directory.resolve(RUN), "check", "metrics");
				Promtool.run(this.directory.resolve(LAST_SUCCESS), "check", "metrics");
			}
		}
	}

	@Test
	void theLastSuccessOutlivesARunThatFailsAndOneThatCannotStart() throws Exception {
		try (Simulator simulator = Simulator.start(SimulatorOptions.defaults());
				PushReceiver receiver = PushReceiver.start()) {
			AuditProcess process = process(simulator.endpoint().toString(), receiver);
			assertThat(run(process).exitCode()).isEqualTo(3);
			double success = gauge("jobaudit_last_success_timestamp_seconds");

			assertThat(run(process.key("simulator", "wrong"), "--refetch").exitCode()).isEqualTo(77);
			assertThat(gauge("jobaudit_run_exit_code")).isEqualTo(77);
			assertThat(gauge("jobaudit_last_success_timestamp_seconds")).isEqualTo(success);
			assertThat(gauge("jobaudit_items_pending")).isEqualTo(gauge("jobaudit_input_ids")).isPositive();
			double refused = gauge("jobaudit_api_call_duration_seconds_count");
			assertThat(byLabel(textfile(), "jobaudit_api_calls_total", "class")).hasEntrySatisfying("fatal",
					(calls) -> assertThat(calls).isPositive());

			assertThat(run(process.key("simulator", "simulator-secret"), "--refetch").exitCode()).isEqualTo(3);
			JsonNode resumed = summary(2);
			assertThat(byLabel(textfile(), "jobaudit_items", "outcome")).as("of the whole run")
				.isEqualTo(numbers(resumed.at("/outcomes")));
			assertThat(gauge("jobaudit_api_call_duration_seconds_count") + refused).as("of its last process")
				.isEqualTo(resumed.at("/api/calls").asDouble());
			success = gauge("jobaudit_last_success_timestamp_seconds");

			assertThat(receiver.states()).filteredOn((state) -> gauge(state, "jobaudit_run_in_progress") == 1)
				.as("nothing of the run before while one is in progress")
				.allSatisfy((state) -> assertThat(state.families()).doesNotContainKeys("jobaudit_run_exit_code",
						"jobaudit_run_duration_seconds", "jobaudit_tokens", "jobaudit_input_lines"));
			int pushes = receiver.states().size();

			Ended failed = run(process.environment("SPRING_DATASOURCE_URL", "jdbc:postgresql://127.0.0.1:1/nowhere"));
			assertThat(failed.exitCode()).isEqualTo(69);
			assertThat(textfile(RUN).samples().keySet()).extracting((sample) -> sample.replaceAll("\\{.*", ""))
				.containsExactlyInAnyOrder("jobaudit_run_exit_code", "jobaudit_run_in_progress");
			for (ExpositionText published : List.of(textfile(), receiver.group("default", "cn-shanghai"))) {
				assertThat(gauge(published, "jobaudit_run_exit_code")).isEqualTo(69);
				assertThat(gauge(published, "jobaudit_last_success_timestamp_seconds")).isEqualTo(success);
			}
			assertThat(receiver.methods().subList(pushes, receiver.methods().size())).containsExactly("POST");
		}
	}

	private AuditProcess process(String endpoint, PushReceiver receiver) {
		return new AuditProcess(this.directory).database(this.database)
			.key("simulator", "simulator-secret")
			.setting("audit.api.region", "cn-shanghai")
			.setting("audit.api.endpoint", endpoint)
			.setting("audit.api.rate", 200)
			.setting("audit.retry.delay", "50ms")
			.environment("AUDIT_METRICS_TEXTFILE", RUN)
			.setting("audit.metrics.pushgateway.url", receiver.url("/"))
			.setting("management.otlp.metrics.export.url", receiver.url("/v1/metrics"))
			.setting("management.otlp.metrics.export.step", "10m")
			.setting("audit.metrics.interval", "1s");
	}

	private Ended run(AuditProcess process, String... more) throws Exception {
		List<String> ids = new ArrayList<>(List.of("unknown-1", "unknown-2", "refused-1", "odd-1", "garbled-1"));
		IntStream.range(0, 400).forEach((i) -> ids.add("job-" + i));
		ids.addAll(List.of("job-1", "job-2", "not an id"));
		Path file = Files.write(this.directory.resolve("ids.csv"), ids);
		return process
			.run(Stream.concat(Stream.of("run", "--ids", file.toString()), Stream.of(more)).toArray(String[]::new));
	}

	private JsonNode summary(int run) {
		return RunSummaries.read(this.directory.resolve("reports/run-" + run));
	}

	/** Both files as the node exporter puts them together. */
	private ExpositionText textfile() throws Exception {
		return textfile(RUN, LAST_SUCCESS);
	}

	private ExpositionText textfile(String... names) throws Exception {
		StringBuilder text = new StringBuilder();
		for (String name : names) {
			Path file = this.directory.resolve(name);
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-r--r--");
			text.append(Files.readString(file));
		}
		return ExpositionText.parse(text.toString());
	}

	private double gauge(String name) throws Exception {
		return gauge(textfile(), name);
	}

	private static double gauge(ExpositionText text, String name) {
		return text.value(name, "account", "default", "region", "cn-shanghai");
	}

	/** All numbers of the summary that are metrics. */
	private static void assertAgrees(ExpositionText published, JsonNode summary) {
		Map<String, Double> expected = new HashMap<>();
		expected.put("jobaudit_run_exit_code", summary.at("/exitCode").asDouble());
		expected.put("jobaudit_input_lines", summary.at("/input/lines").asDouble());
		expected.put("jobaudit_input_ids", summary.at("/input/distinct").asDouble());
		expected.put("jobaudit_items_pending", summary.at("/pending").asDouble());
		expected.put("jobaudit_failed_jobs", summary.at("/jobs/byState/Failed").asDouble());
		expected.put("jobaudit_input_previous_ids", 1000.0);
		expected.put("jobaudit_new_failure_kinds", (double) summary.get("newFailureKinds").size());
		expected.put("jobaudit_unusual_figures", (double) summary.get("unusualFigures").size());
		expected.put("jobaudit_expiring_jobs", summary.at("/expiringJobs").asDouble());
		expected.put("jobaudit_tokens", summary.at("/tokens/total").asDouble());
		expected.put("jobaudit_api_retries_total", summary.at("/api/retries").asDouble());
		expected.put("jobaudit_api_wait_seconds_total", summary.at("/api/waitedSeconds").asDouble());
		expected.put("jobaudit_api_configured_calls_per_second", summary.at("/api/configuredRate").asDouble());
		expected.put("jobaudit_api_call_duration_seconds_count", summary.at("/api/calls").asDouble());
		Instant finished = Instant.parse(summary.at("/finishedAt").asString());
		expected.put("jobaudit_last_success_timestamp_seconds", finished.getEpochSecond() + finished.getNano() / 1e9);
		Map<String, Double> found = new HashMap<>(expected);
		found.replaceAll((name, value) -> gauge(published, name));
		assertThat(found).isEqualTo(expected);

		assertThat(byLabel(published, "jobaudit_items", "outcome")).isEqualTo(numbers(summary.at("/outcomes")));
		assertThat(byLabel(published, "jobaudit_input_rejected_lines", "reason")).isEqualTo(Map.of("duplicate",
				summary.at("/input/duplicates").asDouble(), "malformed", summary.at("/input/malformed").asDouble()));
		assertThat(byLabel(published, "jobaudit_jobs", "usage"))
			.isEqualTo(Map.of("reported", summary.at("/tokens/jobsReporting").asDouble(), "absent",
					summary.at("/tokens/jobsNotReporting").asDouble(), "unreadable",
					summary.at("/tokens/jobsUnreadable").asDouble()));
		Map<String, Double> calls = byLabel(published, "jobaudit_api_calls_total", "class");
		assertThat(calls).containsEntry("throttled", summary.at("/api/throttled").asDouble())
			.containsEntry("abandoned", 0.0)
			.containsEntry("not_found", 2.0)
			.containsEntry("refused", 1.0)
			.containsEntry("unknown", 1.0);
		assertThat(calls.values().stream().mapToDouble(Double::doubleValue).sum())
			.isEqualTo(summary.at("/api/calls").asDouble());
		Instant started = Instant.parse(summary.at("/startedAt").asString());
		assertThat(gauge(published, "jobaudit_run_start_timestamp_seconds")).isBetween(started.toEpochMilli() / 1000.0,
				finished.toEpochMilli() / 1000.0);
		assertThat(gauge(published, "jobaudit_run_start_timestamp_seconds")
				+ gauge(published, "jobaudit_run_duration_seconds"))
			.isBetween(finished.toEpochMilli() / 1000.0, Instant.now().toEpochMilli() / 1000.0);
		assertThat(gauge(published, "jobaudit_run_in_progress")).isZero();
	}

	private static Map<String, Double> byLabel(ExpositionText published, String name, String label) {
		Map<String, Double> values = new HashMap<>();
		published.samples().forEach((key, value) -> {
			if (key.startsWith(name + "{")) {
				values.put(key.replaceAll(".*\\b" + label + "=([a-z_]+).*", "$1"), value);
			}
		});
		return values;
	}

	private static Map<String, Double> numbers(JsonNode node) {
		Map<String, Double> numbers = new HashMap<>();
		node.forEachEntry((name, value) -> numbers.put(name.toLowerCase(Locale.ROOT), value.asDouble()));
		return numbers;
	}

	/**
	 * OTLP has the buckets in one point, and no maximum of cumulative meters.
	 */
	private static Map<String, Double> withoutBuckets(ExpositionText published) {
		Map<String, Double> values = new HashMap<>(published.samples());
		values.keySet().removeIf((sample) -> sample.contains("_bucket{") || sample.contains("_max{"));
		return values;
	}

}
