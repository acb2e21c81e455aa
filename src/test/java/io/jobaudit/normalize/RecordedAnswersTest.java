package io.jobaudit.normalize;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class RecordedAnswersTest {

	static List<RecordedAnswer> answers() {
		return RecordedAnswer.all();
	}

	@ParameterizedTest
	@MethodSource("answers")
	void anAnswerBecomesItsRow(RecordedAnswer answer) {
		SmartJob row = answer.normalized();

		assertThat(RowAsJson.of(row)).isEqualTo(RowAsJson.pretty(answer.row()));
		assertThat(row.raw()).as("compact, fields in the answer's order").isEqualTo(answer.row().get("raw").toString());
	}

	@Test
	void everyAnswerHasItsRow() throws IOException {
		try (Stream<Path> files = Files.list(RecordedAnswer.directory())) {
			long fileCount = files.count();

			assertThat(fileCount).as("one file with the answer, one with its row").isEqualTo(answers().size() * 2L);
		}
	}

}
