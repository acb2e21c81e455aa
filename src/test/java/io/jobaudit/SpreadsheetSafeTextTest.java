package io.jobaudit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SpreadsheetSafeTextTest {

	@ParameterizedTest
	@ValueSource(strings = { "=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", " =1", "＝1", "＋1", "－1", "＠x", "'=1",
			"''@x", "|calc", "\u00a0=1", "\u200b=1", "\ufeff=1" })
	void whatASpreadsheetWouldRunGetsAQuoteThatComesOffAgain(String text) {
		String written = SpreadsheetSafeText.of(text);

		assertThat(written).isEqualTo("'" + text);
		assertThat(SpreadsheetSafeText.given(written)).isEqualTo(text);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
			a;=1+1     ~ a;'=1+1
			;=1+1      ~ ;'=1+1
			x; -1; +2  ~ x;' -1;' +2
			=1;=2      ~ '=1;'=2
			a|@b       ~ a|'@b
			a;'=1      ~ a;''=1
			""")
	void aFormulaAfterAnotherSeparatorGetsAQuoteToo(String text, String written) {
		assertThat(SpreadsheetSafeText.of(text)).isEqualTo(written);
		assertThat(SpreadsheetSafeText.given(written)).isEqualTo(text);
	}

	@Test
	void everyTextComesBack() {
		Property.holds((random) -> {
			StringBuilder text = new StringBuilder();
			for (int i = random.nextInt(8); i > 0; i--) {
				text.append("=+-@'; |\t\r\n\u00a0\u200ba1".charAt(random.nextInt(15)));
			}
			String written = SpreadsheetSafeText.of(text.toString());

			assertThat(SpreadsheetSafeText.given(written)).isEqualTo(text.toString());
			assertThat(written).doesNotContainPattern("(^|[;|\t])[=+@-]");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a", "1-1", "it's", "'quoted'", "a=b", "语" })
	void anyOtherTextStaysAsItIs(String text) {
		assertThat(SpreadsheetSafeText.of(text)).isEqualTo(text);
		assertThat(SpreadsheetSafeText.given(text)).isEqualTo(text);
	}

}
