package io.jobaudit.simulator;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import io.jobaudit.Generated;
import io.jobaudit.Property;
import io.jobaudit.fetch.api.SignedCall;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Client and server, written apart, agree on every signature. */
class SignatureAgreementTest {

	@Test
	void whateverTheClientSignsTheSimulatorTakesAndNothingElse() {
		Property.holds((random) -> {
			Map<String, String> query = query(random);
			String secret = Generated.text(random, 8) + "s";
			SignedCall signed = SignedCall.of(query, "key", secret, "t" + headerText(random));

			ApiCall call = received(signed, signed.query());

			SignatureCheck.Claim claim = SignatureCheck.claim(call);
			assertThat(call.query()).as("decoded is what was signed").isEqualTo(query);
			assertThat(SignatureCheck.matches(call, claim, secret)).as(signed.toString()).isTrue();
			assertThat(SignatureCheck.matches(call, claim, secret + "x")).isFalse();
			assertThat(SignatureCheck.matches(received(signed, signed.query() + "x"), claim, secret)).isFalse();
		});
	}

	private static Map<String, String> query(Random random) {
		Map<String, String> query = new TreeMap<>();
		for (int left = 1 + random.nextInt(4); left > 0; left--) {
			query.put("k" + Generated.text(random, 4), Generated.text(random, 8));
		}
		return query;
	}

	/** What a header can hold: printable ASCII, spaces at its ends too. */
	private static String headerText(Random random) {
		return random.ints(random.nextInt(40), ' ', '~' + 1)
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
	}

	private static ApiCall received(SignedCall signed, String query) throws Exception {
		ClassicHttpRequest request = new BasicClassicHttpRequest("POST", "/?" + query);
		signed.headers().forEach(request::addHeader);
		return ApiCall.of(request);
	}

}
