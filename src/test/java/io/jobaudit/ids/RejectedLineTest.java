package io.jobaudit.ids;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.jobaudit.SmartJobId;
import io.jobaudit.csv.CsvFormat;
import io.jobaudit.ids.InputLine.MalformedLine;
import io.jobaudit.ids.InputLine.RejectedLine;
import io.jobaudit.ids.InputLine.Rejection;
import io.jobaudit.ids.InputLine.RequestedId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class RejectedLineTest {

	@ParameterizedTest
	@CsvSource({ "EMPTY, has no job id", "TOO_LONG, is longer than the 64 characters that a job id can have",
			"BAD_CHARACTER, 'contains U+0020 (SPACE) at character 2, which no job id has'",
			"SHORT_ROW, has fewer cells than the header", "DUPLICATE, is a duplicate of an earlier line",
			"OF_A_LATER_RELEASE, is rejected: OF_A_LATER_RELEASE" })
	void saysWhatIsWrongInAPhrase(String reason, String phrase) {
		assertThat(new RejectedLine("ids.csv", 7, "x y", reason)).hasToString("ids.csv, line 7: \"x y\" " + phrase);
	}

	@ParameterizedTest
	@EnumSource
	void noReasonIsShownAsAConstant(Rejection rejection) {
		assertThat(new RejectedLine("ids.csv", 7, "x", rejection.name()).toString()).doesNotContain(rejection.name());
	}

	@ParameterizedTest
	@CsvSource({ "a-1\u200B, contains U+200B (ZERO WIDTH SPACE) at character 4", "a_1, contains \"_\" at character 2",
			"a\u0430b, contains \"\u0430\" at character 2" })
	void theFirstBadCharacterIsNamed(String id, String phrase) {
		assertThat(new RejectedLine("ids.csv", 7, id, "BAD_CHARACTER").toString())
			.endsWith(phrase + ", which no job id has");
	}

	@Test
	void contentIsCutAndSteersNoTerminal() {
		assertThat(new RejectedLine("ids.csv", 1, "\u001b[2J" + "x".repeat(99), "TOO_LONG").toString())
			.contains("\"?[2J" + "x".repeat(55) + "\u2026\"");
	}

	@Test
	void theLineIsThatOfItsOwnFile() {
		CsvFile first = new CsvFile("a.csv", Path.of("a.csv"), CsvFormat.STANDARD, "f1", 0);
		CsvFile second = new CsvFile("b.csv", Path.of("b.csv"), CsvFormat.STANDARD, "f2", 10);
		CsvInput input = new CsvInput("a.csv b.csv", List.of(first, second), null, "a1");

		assertThat(RejectedLine.of(input, new MalformedLine(10, "x y", Rejection.BAD_CHARACTER)))
			.isEqualTo(new RejectedLine("a.csv", 10, "x y", "BAD_CHARACTER"));
		assertThat(RejectedLine.of(input, new RequestedId(12, new SmartJobId("a-1"), Map.of())))
			.isEqualTo(new RejectedLine("b.csv", 2, "a-1", RejectedLine.DUPLICATE));
	}

}
