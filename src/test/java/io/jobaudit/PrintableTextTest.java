package io.jobaudit;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PrintableTextTest {

	@ParameterizedTest
	@CsvSource({ "'no\nFAKE 2026-01-01 INFO', no FAKE 2026-01-01 INFO", "'a\r\n\tb', a b", "a\u001b[31mb, a?[31mb",
			"'\u001b]0;title\u0007', ?]0;title?", "a\u009b31m, a?31m", "a\u202eb\u2066c, a?b?c", "a\u2028b, a b",
			"a\ud83db, a?b", "\u667a\u80fd \u00fc, \u667a\u80fd \u00fc" })
	void textIsOneLineThatSteersNoTerminal(String text, String printable) {
		assertThat(PrintableText.of(text)).isEqualTo(printable);
	}

}
