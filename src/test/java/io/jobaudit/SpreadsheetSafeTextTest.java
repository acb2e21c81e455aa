package io.jobaudit;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SpreadsheetSafeTextTest {

	@ParameterizedTest
	@ValueSource(strings = { "=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", " =1", "＝1", "＋1", "－1", "＠x", "'=1",
			"''@x", "=\r\n" })
	void whatASpreadsheetWouldRunGetsAQuoteThatComesOffAgain(String text) {
		String written = SpreadsheetSafeText.of(text);

		assertThat(written).isEqualTo("'" + text);
		assertThat(SpreadsheetSafeText.given(written)).isEqualTo(text);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a", "1-1", "it's", "'quoted'", "a=b", "语" })
	void anyOtherTextStaysAsItIs(String text) {
		assertThat(SpreadsheetSafeText.of(text)).isEqualTo(text);
		assertThat(SpreadsheetSafeText.given(text)).isEqualTo(text);
	}

}
