package io.jobaudit.progress;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import io.jobaudit.Account;
import io.jobaudit.ExitStatus;
import io.jobaudit.Outcome;
import io.jobaudit.RunId;
import io.jobaudit.batch.RunInProgress;
import io.jobaudit.batch.RunObserver.RunEnding;
import io.jobaudit.batch.StopRequest;
import io.jobaudit.ledger.AuditRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** What a run shows: in a real log, and on a terminal that is read back. */
@ExtendWith(OutputCaptureExtension.class)
class RunProgressTest {

	private static final String LOGGER = "io.jobaudit.progress";

	private static final AuditRun RUN = new AuditRun(new RunId(17), new Account("default"), false);

	private static final RunEnding END = new RunEnding(null, ExitStatus.INTERNAL, null, new StopRequest());

	private final HandScheduler time = new HandScheduler();

	private final RunInProgress run = new RunInProgress(20);

	private final ScreenText screen = new ScreenText();

	private final LoggingSystem logging = LoggingSystem.get(getClass().getClassLoader());

	private int columns = 120;

	@BeforeEach
	void listen() {
		this.logging.setLogLevel(LOGGER, LogLevel.INFO);
		MDC.put("run", "17");
	}

	@AfterEach
	void forget() {
		this.logging.setLogLevel(LOGGER, null);
		MDC.clear();
	}

	@Test
	void theLogHasOneLineEveryHalfMinuteWithAllFigures(CapturedOutput output) {
		RunProgress progress = inLog();
		progress.began(RUN, this.run.figures());
		this.run.imported(15_000);
		this.time.pass(Duration.ofSeconds(30));
		this.run.fetching(2_000);
		this.time.pass(Duration.ofSeconds(30));
		this.run.answered(500, Outcome.FETCHED, false);
		this.run.answered(67, Outcome.FETCHED, true);
		this.run.answered(3, Outcome.UNREADABLE, false);
		this.time.pass(Duration.ofSeconds(30));
		this.run.reporting();
		this.time.pass(Duration.ofSeconds(30));
		this.run.writing("token-spend.xlsx", 310_000, 960_000);
		this.time.pass(Duration.ofSeconds(30));
		this.run.writing("focus.csv", 7, 0);
		this.time.pass(Duration.ofSeconds(30));

		assertThat(messages(output)).containsExactly("Importing: 15,000 lines",
				"Fetching: 0/2,000 (0%), ?/20 calls/s, 0 failed, 0 unreadable, ETA unknown",
				"Fetching: 570/2,000 (28%), 19.0/20 calls/s, 67 failed, 3 unreadable, ETA 0:01:15",
				"Writing reports: 570/2,000 ids, 67 failed, 3 unreadable",
				"Writing token-spend.xlsx: 310,000 rows of 960,000 jobs, 67 failed, 3 unreadable",
				"Writing focus.csv: 7 rows, 67 failed, 3 unreadable");
	}

	@Test
	void duringAnOutageTheLineSaysWhatTheRunWaitsFor(CapturedOutput output) {
		RunProgress progress = inLog();
		progress.began(RUN, this.run.figures());
		this.run.databaseAway(Duration.ofSeconds(12));
		this.time.pass(Duration.ofSeconds(30));
		this.run.imported(15_000);
		this.time.pass(Duration.ofSeconds(30));
		this.run.fetching(2_000);
		this.run.apiAway(Duration.ofSeconds(70));
		this.time.pass(Duration.ofSeconds(30));
		this.run.databaseAway(Duration.ofHours(1));
		this.time.pass(Duration.ofSeconds(30));
		this.run.apiAway(null);
		this.run.reporting();
		this.time.pass(Duration.ofSeconds(30));

		assertThat(messages(output)).containsExactly("Waiting for the database (0:00:12). Importing: 0 lines",
				"Importing: 15,000 lines",
				"Waiting for the API (0:01:10). Fetching: 0/2,000 (0%), ?/20 calls/s, 0 failed, 0 unreadable, ETA unknown",
				"Waiting for the database (1:00:00). Fetching: 0/2,000 (0%), 0.0/20 calls/s, 0 failed, 0 unreadable, ETA unknown",
				"Waiting for the database (1:00:00). Writing reports: 0/2,000 ids, 0 failed, 0 unreadable");
	}

	@ParameterizedTest
	@ValueSource(ints = { 40, 60, 120 })
	void aNarrowTerminalShowsTheOutageFirst(int width) {
		this.columns = width;
		RunProgress progress = onTerminal(StandardCharsets.UTF_8, false);
		progress.began(RUN, this.run.figures());
		this.run.fetching(1_000);
		this.run.apiAway(Duration.ofMinutes(3));
		this.time.pass(Duration.ofSeconds(25));

		assertThat(this.screen.last()).hasSizeLessThan(width).startsWith("Waiting for the API (0:03:00). Fetching");
		this.run.apiAway(null);
		this.time.pass(Duration.ofSeconds(1));
		assertThat(this.screen.last()).doesNotContain("Waiting");
	}

	@ParameterizedTest
	@ValueSource(ints = { 40, 60, 120 })
	void aTerminalShowsTheFileThatIsWrittenWithItsRows(int width) {
		this.columns = width;
		RunProgress progress = onTerminal(StandardCharsets.UTF_8, false);
		progress.began(RUN, this.run.figures());
		this.run.reporting();
		this.run.writing("token-spend.xlsx", 310_000, 960_000);
		this.time.pass(Duration.ofSeconds(1));

		assertThat(this.screen.last()).hasSizeLessThan(width).startsWith("Writing token-spend.xlsx: 310,000 rows");
	}

	@Test
	void nothingIsLoggedAfterTheEnd(CapturedOutput output) {
		RunProgress progress = inLog();
		progress.began(RUN, this.run.figures());
		this.time.pass(Duration.ofSeconds(40));
		progress.ended(END);
		this.time.pass(Duration.ofMinutes(10));

		assertThat(messages(output)).hasSize(1);
	}

	@Test
	void aRunThatIsShorterThanTheIntervalLogsNothing(CapturedOutput output) {
		RunProgress progress = inLog();
		progress.began(RUN, this.run.figures());
		this.time.pass(Duration.ofMillis(29_999));
		progress.ended(END);

		assertThat(messages(output)).isEmpty();
	}

	@Test
	void aQuietLogHasNoProgress() {
		this.logging.setLogLevel(LOGGER, LogLevel.WARN);
		RunProgress progress = onTerminal(StandardCharsets.UTF_8, true);
		progress.began(RUN, this.run.figures());
		this.time.pass(Duration.ofMinutes(2));
		progress.ended(END);

		assertThat(this.screen.written()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(ints = { 60, 70, 80, 100, 120, 200 })
	void theLineFitsTheTerminalAndHasEveryFigure(int width) {
		this.columns = width;
		RunProgress progress = onTerminal(StandardCharsets.UTF_8, true);
		progress.began(RUN, this.run.figures());
		fetchALot();

		assertThat(this.screen.last()).hasSizeLessThan(width)
			.containsPattern("123,?456/250,?000")
			.contains("18.9/20", "ETA 1:51:35")
			.containsPattern("1,?234 failed")
			.containsPattern("12 unread");
	}

	@ParameterizedTest
	@CsvSource({ "120, true", "100, true", "70, false" })
	void thereIsABarWhereThereIsRoomForOne(int width, boolean bar) {
		this.columns = width;
		RunProgress progress = onTerminal(StandardCharsets.UTF_8, false);
		progress.began(RUN, this.run.figures());
		this.run.fetching(1_000);
		this.time.pass(Duration.ofSeconds(1));
		this.run.answered(500, Outcome.FETCHED, false);
		this.time.pass(Duration.ofSeconds(25));

		assertThat(this.screen.last().contains("██")).isEqualTo(bar);
		assertThat(this.screen.last().startsWith("Fetching  50%")).isEqualTo(bar);
	}

	@Test
	void theBarShowsTheShareThatIsDoneAndTheTimeThatHasPassed() {
		this.columns = 101;
		RunProgress progress = onTerminal(StandardCharsets.UTF_8, false);
		progress.began(RUN, this.run.figures());
		this.run.fetching(1_000);
		this.time.pass(Duration.ofSeconds(1));
		this.run.answered(250, Outcome.FETCHED, true);
		this.time.pass(Duration.ofSeconds(25));

		assertThat(this.screen.last()).isEqualTo(
				"Fetching  25% |██▎      | 250/1,000 (0:00:26 / ETA 0:01:17) 9.8/20 calls/s, 250 failed, 0 unreadable");
	}

	@Test
	void theLineSaysWhatTheRunIsDoing() {
		RunProgress progress = onTerminal(StandardCharsets.UTF_8, true);
		progress.began(RUN, this.run.figures());
		this.run.imported(5_000);
		this.time.pass(Duration.ofSeconds(1));
		assertThat(this.screen.last()).isEqualTo("Importing: 5,000 lines");

		this.run.fetching(2);
		this.run.answered(2, Outcome.FETCHED, false);
		this.run.reporting();
		this.time.pass(Duration.ofSeconds(1));
		assertThat(this.screen.last()).startsWith("Writing reports");
	}

	@Test
	void theLineIsGoneAtTheEnd() {
		RunProgress progress = onTerminal(StandardCharsets.UTF_8, true);
		progress.began(RUN, this.run.figures());
		fetchALot();
		progress.ended(END);

		assertThat(this.screen.lines()).containsExactly("");
	}

	@Test
	void coloursAreUsedOnlyIfAllowed() {
		RunProgress plain = onTerminal(StandardCharsets.UTF_8, false);
		plain.began(RUN, this.run.figures());
		fetchALot();
		assertThat(this.screen.written()).doesNotContainPattern("\u001b\\[[0-9;]*m");
		plain.ended(END);

		RunProgress coloured = onTerminal(StandardCharsets.UTF_8, true);
		coloured.began(RUN, this.run.figures());
		this.time.pass(Duration.ofSeconds(1));
		assertThat(this.screen.written()).containsPattern("\u001b\\[[0-9;]*m");
	}

	@Test
	void aTerminalWithoutUnicodeHasABarOfAscii() {
		RunProgress progress = onTerminal(StandardCharsets.US_ASCII, true);
		progress.began(RUN, this.run.figures());
		fetchALot();

		assertThat(this.screen.last()).contains("[=").doesNotContain("?", "█");
	}

	/** Half a minute at 18.9 calls/s, after many ids that needed no call. */
	private void fetchALot() {
		this.run.fetching(250_000);
		this.run.decided(121_643, Outcome.UNCHANGED, false);
		this.run.decided(1_234, Outcome.UNCHANGED, true);
		this.run.decided(12, Outcome.UNREADABLE, false);
		this.time.pass(Duration.ofMillis(500));
		this.run.answered(567, Outcome.FETCHED, false);
		this.time.pass(Duration.ofSeconds(30));
	}

	private RunProgress inLog() {
		return new RunProgress(() -> new ProgressLog(Duration.ofSeconds(30)), this.time, this.time);
	}

	private RunProgress onTerminal(Charset charset, boolean colours) {
		PrintStream stream = this.screen.stream();
		StatusLine line = new StatusLine(stream, charset, () -> this.columns, colours);
		return new RunProgress(() -> new ProgressLine(line), this.time, this.time);
	}

	/** What is logged of run 17. */
	private static List<String> messages(CapturedOutput output) {
		return output.getOut()
			.lines()
			.filter((line) -> line.contains(" [run=17] ProgressLog: "))
			.map((line) -> line.replaceFirst(".* ProgressLog: ", ""))
			.toList();
	}

}
