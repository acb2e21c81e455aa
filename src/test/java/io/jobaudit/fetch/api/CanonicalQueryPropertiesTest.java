package io.jobaudit.fetch.api;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.jobaudit.Generated;
import io.jobaudit.Property;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CanonicalQueryPropertiesTest {

	private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";

	@Test
	void anyTextIsEncodedByteByByteAsRfc3986Says() {
		Property.holds((random) -> {
			String name = Generated.text(random, 6);
			String value = Generated.text(random, 20);

			String query = Acs3Signer.canonicalQuery(Map.of(name, value));

			assertThat(query).isEqualTo(encoded(name) + "=" + encoded(value));
		});
	}

	private static String encoded(String text) {
		StringBuilder encoded = new StringBuilder();
		for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
			boolean plain = octet > 0 && UNRESERVED.indexOf(octet) >= 0;
			encoded.append(plain ? Character.toString(octet) : "%%%02X".formatted(octet));
		}
		return encoded.toString();
	}

}
