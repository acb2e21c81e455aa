package io.jobaudit.metrics;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;

import io.jobaudit.Account;
import io.jobaudit.EndlessHeaders;
import io.jobaudit.metrics.MetricsExporters.MetricLabels;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class MetricsPushgatewayTest {

	private static final MetricLabels LABELS = new MetricLabels(new Account("default"), "cn-shanghai");

	private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

	@Test
	void oneGroupIsReplacedOrAddedToInTextFormat() throws Exception {
		try (PushReceiver receiver = PushReceiver.start()) {
			this.meters.gauge("old", Tags.of("a", "b"), 1);
			gauge("kept", 2);
			gateway(receiver.url("/"), LABELS).replace();
			this.meters.clear();

			gauge("kept", 3);
			gateway(receiver.url(""), LABELS).add();
			assertThat(receiver.group("default", "cn-shanghai").samples()).containsOnlyKeys("old{a=b}", "kept{a=b}")
				.containsEntry("kept{a=b}", 3.0);

			gateway(receiver.url("/"), LABELS).replace();
			assertThat(receiver.group("default", "cn-shanghai").samples()).containsOnlyKeys("kept{a=b}");
			assertThat(receiver.methods()).containsExactly("PUT", "POST", "PUT");
			assertThat(receiver.paths()).containsOnly("/metrics/job/job-audit/account/default/region/cn-shanghai");
		}
	}

	@Test
	void aSilentServerIsNotWaitedForLongerThanTheTimeOut(CapturedOutput output) throws Exception {
		gauge("a", 1);
		try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			URI url = URI.create("http://127.0.0.1:" + silent.getLocalPort());
			MetricsPushgateway gateway = new MetricsPushgateway(url, Duration.ofMillis(200), LABELS.group(),
					this.meters.getPrometheusRegistry());

			long start = System.nanoTime();
			gateway.add();

			assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(200),
					Duration.ofSeconds(5));
			assertThat(output).contains("WARN",
					"Cannot push the metrics to " + url + " (audit.metrics.pushgateway.url): Read timed out");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "LINE", "LINES", "STATUS" })
	void headersWithoutAnEndAreNotRead(EndlessHeaders.Kind kind, CapturedOutput output) throws Exception {
		gauge("a", 1);
		try (EndlessHeaders server = new EndlessHeaders(kind)) {
			gateway(server.url(), LABELS).add();

			assertThat(output).contains("WARN", "Cannot push the metrics to " + server.url());
			assertThat(server.written()).as("what the sockets hold").isLessThan(16 << 20);
		}
	}

	@Test
	void aRefusalARedirectAndNoServerAreLogged(CapturedOutput output) throws Exception {
		try (PushReceiver receiver = PushReceiver.start()) {
			gateway(receiver.url("/refused"), LABELS).add();
			gateway(receiver.url("/moved"), LABELS).add();
			assertThat(receiver.methods()).isEmpty();
		}
		gateway(URI.create("http://127.0.0.1:1/"), LABELS).add();
		gateway(URI.create("http://nowhere.invalid"), LABELS).add();

		assertThat(output).contains("was 404", "was 302", "(audit.metrics.pushgateway.url): Connection refused",
				"(audit.metrics.pushgateway.url): unknown host nowhere.invalid");
	}

	@ParameterizedTest
	@CsvSource({ "default, cn-shanghai", "Konto 1/ü, ''", "Konto + 1 ü, a_b-c.d", "100%?#&=, 智" })
	void anyNameMakesItsOwnGroup(String account, String region) throws Exception {
		gauge("a", 1);
		try (PushReceiver receiver = PushReceiver.start()) {
			gateway(receiver.url(""), new MetricLabels(new Account(account), region)).add();

			assertThat(receiver.group(account, region).samples()).containsOnlyKeys("a{a=b}");
		}
	}

	private void gauge(String name, int value) {
		this.meters.gauge(name, Tags.of("a", "b"), value);
	}

	private MetricsPushgateway gateway(URI url, MetricLabels labels) {
		return new MetricsPushgateway(url, Duration.ofSeconds(5), labels.group(), this.meters.getPrometheusRegistry());
	}

}
