package io.jobaudit;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class MaskedUrlTest {

	@ParameterizedTest
	@ValueSource(strings = { "https://u:TOKEN@h/", "https:u:TOKEN@h", "u:TOKEN@h", "https://u:TO/KEN@h/x@y",
			"https://h/?k=TOKEN", "https://h#TOKEN", "https://u:a@TOKEN@h" })
	void noPartThatMayBeASecretIsShown(String url) {
		assertThat(MaskedUrl.of(url)).doesNotContain("TOKEN", "KEN").contains("***");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://h:9/x", "h", "ftp://h" })
	void anyOtherUrlStaysAsItIs(String url) {
		assertThat(MaskedUrl.of(url)).isEqualTo(url);
	}

}
