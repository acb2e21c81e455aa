package io.jobaudit.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class UsageErrorsTest {

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					run --ids a.csv --refetchh            | no option --refetchh; did you mean --refetch? See job-audit run --help
					run --refetchh --ids a.csv            | no option --refetchh; did you mean --refetch? See job-audit run --help
					run                                   | give one of --ids, --ids-query, --only, --discover; see job-audit run --help
					report                                | give one of --run, --month, --from; see job-audit report --help
					runz                                  | no command or argument runz; did you mean run? See job-audit --help
					runs show abc                         | N takes a whole number such as 20, but got "abc"; see job-audit runs show --help
					runs show 1 --jsonn                   | no option --jsonn; did you mean --json? See job-audit runs show --help
					runs --limit 0                        | --limit takes 1 or more, but got 0; see job-audit runs --help
					preview --ids a.csv --limit -1        | --limit takes 0 or more, but got -1; see job-audit preview --help
					run --ids a.csv --delimiter ab        | --delimiter takes one character such as ';', or the word tab, but got "ab"; see job-audit run --help
					run --ids a.csv --encoding utf8x      | --encoding takes a character encoding such as UTF-8 or GB18030, but got "utf8x"; see job-audit run --help
					simulator --port 99999                | --port takes 0 to 65535, but got 99999; see job-audit simulator --help
					run --ids a.csv --until 6pm           | --until takes a time of day such as 06:00, but got "6pm"; see job-audit run --help
					run --ids a.csv --until 24:00         | --until takes a time of day such as 06:00, but got "24:00"; see job-audit run --help
					report --month 2026-13                | --month takes a month such as 2026-10, but got "2026-13"; see job-audit report --help
					""")
	void aWrongCommandLineIsOneLineWithTheNearestName(String arguments, String message, CapturedOutput output) {
		int code = JobAudit.execute(arguments.split(" "));

		assertThat(output.getErr()).isEqualTo("job-audit: " + message + " (exit 64)\n");
		assertThat(output.getOut()).isEmpty();
		assertThat(code).isEqualTo(64);
	}

	@Test
	void aValueThatLooksLikeAnOptionIsNoFile(CapturedOutput output) {
		assertThat(JobAudit.execute("run", "--ids", "a.csv", "--max-runtime", "-1h")).isEqualTo(64);

		assertThat(output.getErr().lines()).singleElement().asString().contains("--max-runtime", "-1h");
	}

	@ParameterizedTest
	@ValueSource(strings = { "help run", "run --help" })
	void helpIsGivenAsPeopleAskForIt(String arguments, CapturedOutput output) {
		assertThat(JobAudit.execute(arguments.split(" "))).isZero();

		assertThat(output.getOut()).startsWith("Usage: job-audit run ").containsPattern("\\(--only=PART\\s+--of=N\\)");
	}

	@ParameterizedTest
	@ValueSource(strings = { "version", "--version" })
	void soIsTheVersion(String argument, CapturedOutput output) {
		assertThat(JobAudit.execute(argument)).isZero();

		assertThat(output.getOut().lines()).singleElement().asString().startsWith("job-audit ");
	}

}
