package io.jobaudit;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class InertTextTest {

	@ParameterizedTest
	@ValueSource(strings = { "=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", " =1", "＝1", "＋1", "－1", "＠x", "'=1",
			"''@x", "=\r\n" })
	void whatASpreadsheetWouldRunGetsAQuoteThatComesOffAgain(String text) {
		String written = InertText.of(text);

		assertThat(written).isEqualTo("'" + text);
		assertThat(InertText.given(written)).isEqualTo(text);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a", "1-1", "it's", "'quoted'", "a=b", "语" })
	void anyOtherTextStaysAsItIs(String text) {
		assertThat(InertText.of(text)).isEqualTo(text);
		assertThat(InertText.given(text)).isEqualTo(text);
	}

}
