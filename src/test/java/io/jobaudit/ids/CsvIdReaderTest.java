package io.jobaudit.ids;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.jobaudit.SmartJobId;
import io.jobaudit.ids.InputLine.MalformedLine;
import io.jobaudit.ids.InputLine.Rejection;
import io.jobaudit.ids.InputLine.RequestedId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.batch.infrastructure.item.ExecutionContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CsvIdReaderTest {

	@TempDir
	private Path directory = Path.of("");

	@Test
	void aFileOfBareIdsNeedsNoHeader() throws Exception {
		assertThat(read("a-1\nb-2\n")).containsExactly(id(1, "a-1"), id(2, "b-2"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "job_id", "jobid", "JobId", "id", "Job ID", "ID" })
	void theColumnOfTheIdsIsFoundByItsUsualNames(String name) throws Exception {
		assertThat(read("team," + name + "\ncaptions,a-1\n"))
			.containsExactly(new RequestedId(2, new SmartJobId("a-1"), Map.of("team", "captions")));
	}

	@Test
	void jobIdIsPreferredToId() throws Exception {
		assertThat(read("id,job_id\n7,a-1\n"))
			.containsExactly(new RequestedId(2, new SmartJobId("a-1"), Map.of("id", "7")));
	}

	@Test
	void theColumnCanBeNamedOrNumbered() throws Exception {
		assertThat(read("Task,Team\na-1,x\n", "Task"))
			.containsExactly(new RequestedId(2, new SmartJobId("a-1"), Map.of("Team", "x")));
		assertThat(read("x,a-1\ny,b-2\n", "2")).containsExactly(
				new RequestedId(1, new SmartJobId("a-1"), Map.of("column_1", "x")),
				new RequestedId(2, new SmartJobId("b-2"), Map.of("column_1", "y")));
	}

	@Test
	void byteOrderMarkCarriageReturnsQuotesAndBlankLinesAreRead() throws Exception {
		assertThat(read("\uFEFFjob_id,\"team, long\"\r\n\r\n\"a-1\",\"say \"\"hi\"\"\"\r\n   \r\n b-2 ,智能\r\n"))
			.containsExactly(new RequestedId(3, new SmartJobId("a-1"), Map.of("team, long", "say \"hi\"")),
					new RequestedId(5, new SmartJobId("b-2"), Map.of("team, long", "智能")));
	}

	@Test
	void aLineBreakInsideQuotesDoesNotShiftLineNumbers() throws Exception {
		assertThat(read("job_id,note\na-1,\"one\ntwo\"\nb-2,x\n")).extracting(InputLine::lineNo)
			.containsExactly(2L, 4L);
	}

	@Test
	void malformedLinesAreKeptWithNumberAndReason() throws Exception {
		String tooLong = "x".repeat(65);

		assertThat(
				read("job_id,team\n,t\nbad id,t\n" + tooLong + ",t\n\"\",t\nshort\nä-1,t\n" + "x".repeat(64) + ",t\n"))
			.containsExactly(new MalformedLine(2, ",t", Rejection.EMPTY),
					new MalformedLine(3, "bad id", Rejection.BAD_CHARACTER),
					new MalformedLine(4, tooLong, Rejection.TOO_LONG), new MalformedLine(5, ",t", Rejection.EMPTY),
					new MalformedLine(6, "short", Rejection.SHORT_ROW),
					new MalformedLine(7, "ä-1", Rejection.BAD_CHARACTER),
					new RequestedId(8, new SmartJobId("x".repeat(64)), Map.of("team", "t")));
	}

	@Test
	void aQuotedEmptyLineIsADataLine() throws Exception {
		assertThat(read("a-1\n\"\"\nb-2\n")).containsExactly(id(1, "a-1"), new MalformedLine(2, "", Rejection.EMPTY),
				id(3, "b-2"));
	}

	@Test
	void aRowLongerThanTheHeaderIsMalformed() throws Exception {
		assertThat(read("title,job_id\nHello,a-1\nTake,2,b-2\n")).containsExactly(
				new RequestedId(2, new SmartJobId("a-1"), Map.of("title", "Hello")),
				new MalformedLine(3, "Take,2,b-2", Rejection.LONG_ROW));
		assertThat(read("a-1\nb-2,extra\n")).as("a list without a header")
			.containsExactly(id(1, "a-1"), new MalformedLine(2, "b-2,extra", Rejection.LONG_ROW));
	}

	@Test
	void emptyCellsBeyondTheHeaderAreIgnored() throws Exception {
		assertThat(read("job_id,team\na-1,red,, \n"))
			.containsExactly(new RequestedId(2, new SmartJobId("a-1"), Map.of("team", "red")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "NULL", "null", "\\N", "(null)", "<null>" })
	void theNullOfADatabaseExportIsNoId(String text) throws Exception {
		assertThat(read("job_id,team\n" + text + ",red\n"))
			.containsExactly(new MalformedLine(2, text + ",red", Rejection.EMPTY));
	}

	@Test
	void whiteSpaceOfAnyScriptAroundAnIdIsIgnored() throws Exception {
		assertThat(read("\u3000a-1\u00a0\n\u2007b-2 \u202f\n")).containsExactly(id(1, "a-1"), id(2, "b-2"));
	}

	@Test
	void aRowWithoutEndIsReportedBeforeItFillsTheMemory() {
		assertThatThrownBy(() -> read("a-1\n" + "x".repeat(1_100_000))).isInstanceOf(BadInputException.class)
			.hasMessageEndingWith("ids.csv, line 2: the row is longer than 1000000 characters;"
					+ " close each quoted value, or give a file with lines");
		assertThatThrownBy(() -> read("a-1\n\"" + "x\n".repeat(600_000))).isInstanceOf(BadInputException.class)
			.hasMessageContaining("ids.csv, line 2: the row is longer than");
		assertThatCode(() -> read("a-1\n" + ("b".repeat(64) + "\n").repeat(20_000))).as("the limit is one of a row")
			.doesNotThrowAnyException();
	}

	@Test
	void ourOwnReportIsReadBackWithItsOriginalValues() throws Exception {
		String report = "job_id,team,'=note,audit_http_status,audit_code,audit_message,audit_attempts\n";

		assertThat(read(report + "a-1,'=1+1,'tis,500,InternalError,no,6\n"))
			.containsExactly(new RequestedId(2, new SmartJobId("a-1"), Map.of("team", "=1+1", "=note", "'tis")));
	}

	@Test
	void anOperatorsOwnColumnIsALabelWhateverItsName() throws Exception {
		assertThat(read("job_id,audit_ref\na-1,'=x\n"))
			.containsExactly(new RequestedId(2, new SmartJobId("a-1"), Map.of("audit_ref", "'=x")));
	}

	@Test
	void aHostileCellIsStorable() throws Exception {
		assertThat(read("job_id\n\"" + "\0".repeat(3) + "\"\n", StandardCharsets.UTF_8, null, 9000)).last()
			.isEqualTo(new MalformedLine(2 + 9000, "\uFFFD".repeat(3), Rejection.BAD_CHARACTER));
	}

	@Test
	void aMissingFileIsReported() {
		Path missing = this.directory.resolve("missing.csv");

		assertThatThrownBy(
				() -> CsvInput.open(List.of(missing.toString()), CsvHints.NONE, new ByteArrayInputStream(new byte[0])))
			.isInstanceOf(BadInputException.class)
			.hasMessage(missing + ": no such file; give a CSV file of job ids");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\uFEFF" })
	void anEmptyFileIsReported(String text) {
		assertThatThrownBy(() -> read(text)).isInstanceOf(BadInputException.class)
			.hasMessageEndingWith("ids.csv: the file is empty; give a CSV file of job ids");
	}

	@Test
	void aMissingColumnIsReportedWithTheColumnsOfTheFile() {
		assertThatThrownBy(() -> read("task,team\na-1,x\n")).isInstanceOf(BadInputException.class)
			.hasMessageEndingWith(
					"ids.csv, line 1: no column of job ids in [task, team]; name it job_id, jobid, JobId or"
							+ " id, or give --id-column NAME");
		assertThatThrownBy(() -> read("job_id\na-1\n", "Task")).isInstanceOf(BadInputException.class)
			.hasMessageEndingWith(
					"ids.csv, line 1: no column \"Task\" (--id-column) in [job_id]; give one of these names,"
							+ " or a number from 1 to 1");
	}

	@Test
	void columnsOfADiscoveredListDoNotBecomeLabels() throws Exception {
		String row = "\na-1,ASR,Failed,2026-01-02T03:04:05Z\n";

		assertThat(read("job_id,job_type,state,create_time" + row)).containsExactly(id(2, "a-1"));
		assertThat(read("job_id,job_type,state,created" + row)).as("a list of somebody's own")
			.containsExactly(new RequestedId(2, new SmartJobId("a-1"),
					Map.of("job_type", "ASR", "state", "Failed", "created", "2026-01-02T03:04:05Z")));
	}

	@Test
	void aDuplicateColumnIsReported() {
		assertThatThrownBy(() -> read("job_id,team,team\na-1,x,y\n")).isInstanceOf(BadInputException.class)
			.hasMessageEndingWith("ids.csv, line 1: duplicate column \"team\"; rename or remove one of them");
	}

	@Test
	void bytesThatAreNotUtf8AreReportedWithTheirLine() {
		String lines = "a-1\n".repeat(4000) + "job-ü\n" + "b-2\n".repeat(4000);

		assertThatThrownBy(() -> read(lines, StandardCharsets.ISO_8859_1, null, 0))
			.isInstanceOf(BadInputException.class)
			.hasMessageEndingWith(
					"ids.csv, line 4001: the line has bytes that are not UTF-8; save the file as \"CSV UTF-8\", or give its --encoding");
	}

	@Test
	void aQuoteThatIsNeverClosedIsReportedWithItsLine() {
		assertThatThrownBy(() -> read("a-1\nb-2\n\"c-3\nd-4\n")).isInstanceOf(BadInputException.class)
			.hasMessageContaining("ids.csv, line 3: the quotes of this row do not match");
	}

	@ParameterizedTest
	@CsvSource({ "PK\3\4rest of a workbook, Excel workbook", "a\0b\0c\0, 'binary, character 2 is NUL'",
			"BZh91AY, bzip2 archive is damaged", "(\u00b5/\u00fdx, zstd archive is damaged",
			"\u00fd7zXZx, compressed with xz", "'\u001f\u008bx', gzip archive is damaged" })
	void aFileThatIsNotTextIsReportedWithItsKind(String start, String kind) {
		assertThatThrownBy(() -> read(start, StandardCharsets.ISO_8859_1, null, 0))
			.isInstanceOf(BadInputException.class)
			.hasMessageContainingAll("ids.csv: the ", kind, "; ");
	}

	@Test
	void standardInputIsReadLikeAFile() throws Exception {
		CsvInput input = CsvInput.open(List.of("-"), CsvHints.NONE,
				new ByteArrayInputStream("a-1\n".getBytes(StandardCharsets.UTF_8)));

		assertThat(ReadLines.of(input)).containsExactly(id(1, "a-1"));
		assertThat(input.source()).isEqualTo("-");
	}

	@Test
	void aRestartResumesAfterTheLastImportedLineAndCountsTheWholeFile() throws Exception {
		CsvInput input = input("job_id\na-1\nbad id\n\nb-2\nc-3\n", StandardCharsets.UTF_8, null);
		ExecutionContext context = new ExecutionContext();

		List<InputLine> rest = ReadLines.after(input, 3, context);

		assertThat(rest).containsExactly(id(5, "b-2"), id(6, "c-3"));
		assertThat(context.getLong(CsvIdReader.LINES_READ)).isEqualTo(4);
		assertThat(ReadLines.after(input, 6, context)).as("everything was imported before").isEmpty();
		assertThat(context.getLong(CsvIdReader.LINES_READ)).isEqualTo(4);
	}

	@Test
	void theHashIsOfTheBytes() throws Exception {
		CsvInput input = input("job_id,id\na,b\n", StandardCharsets.UTF_8, "id");

		assertThat(input.sha256()).isEqualTo("5518cc256a18ed73959c4294a586e6cf8e544191fc5a763e602ed314d95aa62b");
	}

	@Test
	void bytesThatAreNotUtf8AreReportedFromTheFirstOn() {
		assertThatThrownBy(() -> read("\u00e4\u00f6\n", StandardCharsets.ISO_8859_1, null, 0))
			.isInstanceOf(BadInputException.class)
			.hasMessageContaining("ids.csv, line 1: the line has bytes that are not UTF-8");
	}

	@Test
	void linesBeforeABadOneAreHandedOnAndThenEachReadFails() throws Exception {
		CsvIdReader reader = new CsvIdReader(input("a-1\n".repeat(20_001) + "\"b-2", StandardCharsets.UTF_8, null),
				() -> 0);
		reader.open(new ExecutionContext());

		assertThat(reader.read()).hasSize(20_000).endsWith(id(20_000, "a-1"));
		assertThat(reader.read()).containsExactly(id(20_001, "a-1"));
		for (int times = 0; times < 2; times++) {
			assertThatThrownBy(reader::read).isInstanceOf(BadInputException.class).hasMessageContaining("line 20002");
		}
		reader.close();
	}

	private List<InputLine> read(String text) throws Exception {
		return read(text, null);
	}

	private List<InputLine> read(String text, @Nullable String idColumn) throws Exception {
		return read(text, StandardCharsets.UTF_8, idColumn, 0);
	}

	/**
	 * Adds lines between header and rest, so that hostile text is beyond the part that is
	 * checked first.
	 */
	private List<InputLine> read(String text, Charset charset, @Nullable String idColumn, int lines) throws Exception {
		int header = text.indexOf('\n') + 1;
		String filled = (lines == 0) ? text
				: text.substring(0, header) + "a-1\n".repeat(lines) + text.substring(header);
		return ReadLines.of(input(filled, charset, idColumn));
	}

	private CsvInput input(String text, Charset charset, @Nullable String idColumn) throws IOException {
		Path file = Files.write(this.directory.resolve("ids.csv"), text.getBytes(charset));
		return CsvInput.open(List.of(file.toString()), new CsvHints(idColumn, null, null),
				new ByteArrayInputStream(new byte[0]));
	}

	private static RequestedId id(long lineNo, String id) {
		return new RequestedId(lineNo, new SmartJobId(id), Map.of());
	}

}
