package io.jobaudit.report.html;

import java.util.Random;

import io.jobaudit.Generated;
import io.jobaudit.HtmlText;
import io.jobaudit.report.ReadPage;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Markup is well-formed with any text in it. */
class PageTextTest {

	@RepeatedTest(300)
	void anyTextComesBackFromAStrictParser(RepetitionInfo repetition) {
		// given
		String text = Generated.text(new Random(repetition.getCurrentRepetition()), 30) + "\ud800\ud83d\ude80\udc00\0";

		// when
		Element parsed = ReadPage.of(new Html().line("p", text, "title", text).markup())
			.document()
			.getDocumentElement();

		// then
		String known = text.replaceAll(
				"[\\p{Cc}\\x{D800}-\\x{DFFF}\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}\\x{FDD0}-\\x{FDEF}\\x{FFFE}\\x{FFFF}&&[^\n\t]]",
				"\uFFFD");
		assertThat(parsed.getTextContent()).endsWith("\uFFFD\ud83d\ude80\uFFFD\uFFFD").isEqualTo(known);
		assertThat(parsed.getAttribute("title")).as("whose white space a parser levels")
			.isEqualTo(known.replaceAll("[\n\t]", " "));
	}

	@Test
	void aLongTextIsCutBetweenCharacters() {
		assertThat(HtmlText.brief("\ud83d\ude80".repeat(160))).isEqualTo("\ud83d\ude80".repeat(160));
		assertThat(HtmlText.brief("\ud83d\ude80".repeat(161))).isEqualTo("\ud83d\ude80".repeat(159) + "…");
	}

	@Test
	void anElementWithoutAnEndIsRefused() {
		assertThatIllegalStateException().isThrownBy(() -> new Html().open("p").markup()).withMessageContaining("[p]");
	}

}
