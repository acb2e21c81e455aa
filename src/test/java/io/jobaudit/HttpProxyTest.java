package io.jobaudit;

import java.util.Map;
import java.util.Properties;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HttpProxyTest {

	@Test
	void theSettingComesBeforeThePropertiesAndTheseBeforeTheEnvironment() {
		Map<String, String> environment = Map.of("HTTPS_PROXY", "http://env:1");

		assertThat(proxy("http://setting:3", properties("jvm", "2"), environment)).hasToString("proxy setting:3");
		assertThat(proxy("", properties("jvm", "2"), environment)).hasToString("proxy jvm:2");
		assertThat(proxy(null, new Properties(), environment)).hasToString("proxy env:1");
		assertThat(proxy(null, new Properties(), Map.of("https_proxy", "lower:4", "HTTPS_PROXY", "http://env:1")))
			.hasToString("proxy lower:4");
		assertThat(proxy(null, new Properties(), Map.of())).hasToString("no proxy");
	}

	@ParameterizedTest
	@CsvSource({ "ice.cn-shanghai.aliyuncs.com, false", "chat.corp.example, true", "corp.example, true",
			"xcorp.example, false", "10.1.2.3, true", "localhost, true", "127.0.0.1, true", "127.0.0.2, true",
			"[::1], true", "10.1.2.4, false" })
	void hostsOfNoProxyAndLoopbackAreReachedDirectly(String host, boolean direct) {
		HttpProxy proxy = proxy(null, new Properties(),
				Map.of("HTTPS_PROXY", "http://p:1", "NO_PROXY", ".corp.example, 10.1.2.3:443"));

		assertThat(proxy.isDirect(host)).isEqualTo(direct);
	}

	@ParameterizedTest
	@CsvSource({ "ice.cn-shanghai.aliyuncs.com, false", "chat.corp.example, true", "corp.example, false", "one, true" })
	void hostsOfNonProxyHostsAreReachedDirectly(String host, boolean direct) {
		Properties properties = properties("jvm", "2");
		properties.setProperty("http.nonProxyHosts", "*.corp.example|one");

		assertThat(proxy(null, properties, Map.of()).isDirect(host)).isEqualTo(direct);
	}

	@Test
	void aStarInNoProxyMeansNoProxyAtAll() {
		assertThat(proxy("http://p:1", new Properties(), Map.of("no_proxy", "*")).isDirect("any")).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "socks5://u:TOKEN@p:1", "http://u:TOKEN@", "http://u:TO KEN@p:1", "https://u:TOKEN@p" })
	void whatIsNoProxyIsRefusedWithoutItsPassword(String url) {
		assertThatThrownBy(() -> proxy(url, new Properties(), Map.of())).isInstanceOf(ConfigurationException.class)
			.hasMessageStartingWith(
					"audit.api.proxy takes the URL of a proxy such as http://proxy.example:3128, but got ")
			.hasMessageNotContainingAny("TOKEN", "TO KEN");
	}

	@Test
	void userAndPasswordAreNotShown() {
		assertThat(proxy("http://u:TOKEN@p:1", new Properties(), Map.of())).hasToString("proxy p:1");
	}

	private static Properties properties(String host, String port) {
		Properties properties = new Properties();
		properties.setProperty("https.proxyHost", host);
		properties.setProperty("https.proxyPort", port);
		return properties;
	}

	private static HttpProxy proxy(@Nullable String setting, Properties properties, Map<String, String> environment) {
		return HttpProxy.of(setting, properties, environment);
	}

}
