package io.jobaudit.metrics;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;

import io.jobaudit.Account;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

class MetricsPushgatewayTest {

	private static final String GROUP = new MetricLabels(new Account("a"), "r").groupingPath();

	@Test
	void aPutReplacesTheGroupAndAPostKeepsWhatItDoesNotBring() throws Exception {
		try (PushReceiver receiver = PushReceiver.start()) {
			MetricsPushgateway gateway = new MetricsPushgateway(receiver.url("/"), GROUP, Duration.ofSeconds(5));

			gateway.push(family("old", 1) + family("kept", 2), true);
			gateway.push(family("kept", 3), false);
			assertThat(receiver.group(GROUP).samples()).containsOnlyKeys("old{a=b}", "kept{a=b}")
				.containsEntry("kept{a=b}", 3.0);

			gateway.push(family("kept", 4), true);
			assertThat(receiver.group(GROUP).samples()).containsOnlyKeys("kept{a=b}");
		}
	}

	@Test
	void aServerThatIsSilentIsNotWaitedForLongerThanTheTimeOut() throws Exception {
		try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			URI url = URI.create("http://127.0.0.1:" + silent.getLocalPort());
			MetricsPushgateway gateway = new MetricsPushgateway(url, GROUP, Duration.ofMillis(200));

			long start = System.nanoTime();
			assertThatCode(() -> gateway.push(family("a", 1), true)).doesNotThrowAnyException();

			assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(200),
					Duration.ofSeconds(5));
		}
	}

	@Test
	void aRefusalAndNoServerAtAllHarmNobody() throws Exception {
		try (PushReceiver receiver = PushReceiver.start()) {
			assertThatCode(() -> new MetricsPushgateway(receiver.url(""), GROUP, Duration.ofSeconds(5))
				.push("not metrics", true)).doesNotThrowAnyException();
			assertThat(receiver.methods()).isEmpty();
		}
		assertThatCode(() -> new MetricsPushgateway(URI.create("http://127.0.0.1:1/"), GROUP, Duration.ofSeconds(5))
			.push("", true)).doesNotThrowAnyException();
	}

	@ParameterizedTest
	@CsvSource({ "default, cn-shanghai, /metrics/job/job-audit/account/default/region/cn-shanghai",
			"Konto 1/ü, '', /metrics/job/job-audit/account@base64/S29udG8gMS_DvA==/region@base64/=" })
	void anyNameMakesAGroup(String account, String region, String path) {
		assertThat(new MetricLabels(new Account(account), region).groupingPath()).isEqualTo(path);
	}

	private static String family(String name, int value) {
		return "# HELP %1$s Help\n# TYPE %1$s gauge\n%1$s{a=\"b\"} %2$d\n".formatted(name, value);
	}

}
