package io.jobaudit.docs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.jobaudit.docs.Night.Morning;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What the scripts for cron do with time, log, mail and environment. */
class CronSamplesTest {

	@TempDir
	private Path home = Path.of("");

	private Path environment = Path.of("");

	@BeforeEach
	void nameTheEnvironment() {
		this.environment = this.home.resolve("environment");
	}

	/** The pauses are 10, 30 and 60 minutes; the night ends at 06:00. */
	@ParameterizedTest
	@CsvSource({ "02:15, 0, '', 4", "02:15, 3 h, '', 2", "05:49, 0, '', 2", "05:50, 0, '', 1", "05:00, 60 min, '', 1",
			"23:00, 0, '', 4", "23:30, 6 h, '', 2", "07:00, 0, '', 4", "18:15, 3 h, Asia/Shanghai, 2",
			"21:55, 0, Asia/Shanghai, 1" })
	void allTriesOfANightHaveOneBudget(String start, String each, String zone, int tries) throws Exception {
		String seconds = each.replace("3 h", "10800").replace("6 h", "21600").replace("60 min", "3600");
		Morning morning = new Night(this.home, "takes " + seconds + "\nexit 69").startingAt(start).zone(zone).pass();

		assertThat(morning.code()).isEqualTo(69);
		assertThat(morning.tries()).isEqualTo(tries);
		assertThat(morning.starts().lines()).as("the program keeps the time of each try")
			.allMatch(("run --ids %1$s/ids.csv --reports %1$s/reports --until 06:00".formatted(this.home))::equals);
	}

	@Test
	void allAccountsAreAuditedIfThereIsAFileOfThem() throws Exception {
		Files.createFile(this.home.resolve("accounts.yml"));

		Morning morning = new Night(this.home, "exit 0").pass();

		assertThat(morning.starts()).isEqualTo(
				"night --accounts %1$s/accounts.yml --reports %1$s/reports --until 06:00\n".formatted(this.home));
		assertThat(morning.log()).contains(" job-audit night on ");
	}

	@Test
	void aGoodNightIsInTheLogAndNotInTheMail() throws Exception {
		Morning morning = new Night(this.home, "[ -e tried ] && exit 0\ntouch tried\nexit 69").pass();

		assertThat(morning.code()).isZero();
		assertThat(morning.mail()).isEmpty();
		assertThat(morning.log().lines().map((line) -> line.replaceFirst(" on \\S+,", ""))).containsExactly(
				"== 2026-11-28 02:15:00 +0800 job-audit run until 06:00", "a line of the log", "an error",
				"== 2026-11-28 02:15:00 +0800 exit 69, again in 600 s",
				"== 2026-11-28 02:15:00 +0800 job-audit run until 06:00", "a line of the log", "an error");
	}

	@Test
	void theMailHasTheHostAndWhatThisNightWrote() throws Exception {
		Night night = new Night(this.home, "exit 77");
		Files.writeString(night.log(), "the night before\n");

		Morning morning = night.pass();

		assertThat(morning.mail()).startsWith("job-audit on ")
			.contains(": the night ended with exit 77; the end of " + night.log() + ":\n== ", "\nan error\n")
			.doesNotContain("the night before");
		assertThat(morning.log()).startsWith("the night before\n== ");
	}

	@ParameterizedTest
	@CsvSource({ "JOB_AUDIT_UNTIL, 6am, 78, 'JOB_AUDIT_UNTIL takes a time of day such as 06:00, but got \"6am\"'",
			"JOB_AUDIT_UNTIL, 24:00, 78, 'but got \"24:00\"'", "JOB_AUDIT_LOG, /nonexistent/log, 73, cannot write",
			"JOB_AUDIT_HOME, /nonexistent, 78, cannot change to /nonexistent" })
	void aWrongVariableIsNamedBeforeTheFirstTry(String variable, String value, int code, String message)
			throws Exception {
		Morning morning = new Night(this.home, "exit 0").with(variable, value).pass();

		assertThat(morning.code()).isEqualTo(code);
		assertThat(morning.mail()).contains(message, "(exit " + code + ")");
		assertThat(morning.tries()).isZero();
	}

	/** As the parser of systemd 252 reads them. */
	@ParameterizedTest
	@CsvSource(quoteCharacter = '~', delimiter = '^', textBlock = """
			P=a$b;c&d|e`f              ^ a$b;c&d|e`f
			P=$(touch evil)            ^ $(touch evil)
			P=two words # and a hash   ^ two words # and a hash
			~  P= spaces  ~            ^ spaces
			P='  $x \\ "quoted" '      ^ ~  $x \\ "quoted" ~
			P="a 'b' $c;"              ^ a 'b' $c;
			P=a'b"c                    ^ a'b"c
			P=a=b==                    ^ a=b==
			P=智                        ^ 智
			P=                         ^ ~~
			""")
	void aValueIsReadAndNotEvaluated(String line, String value) throws Exception {
		Files.writeString(this.environment, "# comment\n\n; comment\r\n" + line + "\r\nOTHER=1");

		Process process = with("sh", "-c", "printf '%s|%s' \"$P\" \"$OTHER\"").start();

		assertThat(new String(process.getInputStream().readAllBytes())).isEqualTo(value + "|1");
		assertThat(process.waitFor()).isZero();
		assertThat(this.home.resolve("evil")).doesNotExist();
	}

	/** Each of them systemd reads in another way, or ignores. */
	@ParameterizedTest
	@ValueSource(
			strings = { "export P=secret", "P secret", "=secret", "1P=secret", "P-Q=secret", "P =secret", "P=sec\\ret",
					"P='secret", "P='sec'ret", "P=\"sec\\ret\"", "P=\"sec\"ret\"", "P='", "# comment\\", "P=secret\\" })
	void whatSystemdReadsInAnotherWayIsRefusedWithItsLine(String line) throws Exception {
		Files.writeString(this.environment, "A=1\n" + line + "\nB=2\n");

		Process process = with("touch", "started").start();

		assertThat(process.waitFor()).isEqualTo(78);
		assertThat(new String(process.getErrorStream().readAllBytes())).startsWith("job-audit on ")
			.endsWith(
					": %s, line 2: write NAME=value; put a value with backslashes or quotes in single quotes (exit 78)\n"
						.formatted(this.environment))
			.doesNotContain("secret", "ret");
		assertThat(this.home.resolve("started")).doesNotExist();
	}

	/** A shell that sources it would end with 2, which is that of a complete run. */
	@ParameterizedTest
	@CsvSource({ "false, no such file", "true, cannot read" })
	void anEnvironmentThatCannotBeReadIs78(boolean there, String message) throws Exception {
		if (there) {
			Files.writeString(this.environment, "AUDIT_API_REGION=cn-shanghai\n");
			assertThat(this.environment.toFile().setReadable(false)).isTrue();
		}
		ProcessBuilder command = with("touch", "started");
		// Not as root, who can read everything.
		command.command().addAll(0, List.of("unshare", "--user"));
		Process process = command.start();

		assertThat(process.waitFor()).isEqualTo(78);
		assertThat(new String(process.getErrorStream().readAllBytes())).contains(message)
			.contains(this.environment.toString());
		assertThat(this.home.resolve("started")).doesNotExist();
	}

	private ProcessBuilder with(String... command) {
		List<String> whole = new ArrayList<>(
				List.of("sh", Sample.CONFIG.resolve("cron/with-environment").toAbsolutePath().toString(),
						this.environment.toString()));
		whole.addAll(List.of(command));
		return new ProcessBuilder(whole).directory(this.home.toFile());
	}

}
