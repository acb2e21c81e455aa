package io.jobaudit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ReportTextsTest {

	@Test
	void aTextIsFoundByItsKeyAndTakesValues() {
		assertThat(ReportTexts.EN.text("table.none")).isEqualTo("(none)");
		assertThat(ReportTexts.EN.text("page.checks-failed", 1, 12)).isEqualTo("1 of 12 checks failed");
	}

	@Test
	void aKeyWithoutTextIsAnErrorThatNamesTheNearest() {
		assertThatIllegalArgumentException().isThrownBy(() -> ReportTexts.EN.text("table.none-"))
			.withMessageContaining("\"table.none-\"")
			.withMessageContaining("\"table.none\"");
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', textBlock = """
			${table.none}, (none)
			${figure.spend-in|CNY}, Spend in CNY
			${note.kinds-seen|a}b|{c}, `first seen a}b, last seen {c`
			$${table.none}, ${table.none}
			$$${table.none}, $${table.none}
			""")
	void aReferenceIsReplacedByItsTextAndMayBeEscaped(String reference, String text) {
		assertThat(ReportTexts.EN.resolve(reference)).isEqualTo(text);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "$", "Teams", "${table.none} more", "more ${table.none}", "${}", "${table.nothing}",
			"$$ and {more}", "{table.none}", "${Table none}", "${figure.spend-in", "${note.kinds-seen|one}",
			"${cell.cut|not a number}" })
	void anyOtherTextIsShownAsItIs(String text) {
		assertThat(ReportTexts.EN.resolve(text)).isEqualTo(text);
	}

}
