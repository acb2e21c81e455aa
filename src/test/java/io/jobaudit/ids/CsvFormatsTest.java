package io.jobaudit.ids;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.jobaudit.SmartJobId;
import io.jobaudit.ids.InputLine.RequestedId;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CsvFormatsTest {

	private static final String TEXT = "team,job_id\n\u6559\u80b2,a-1\n\"x,y\",a-2\n";

	private static final List<InputLine> LINES = List.of(
			new RequestedId(2, new SmartJobId("a-1"), Map.of("team", "\u6559\u80b2")),
			new RequestedId(3, new SmartJobId("a-2"), Map.of("team", "x,y")));

	@TempDir
	private Path directory = Path.of("");

	@ParameterizedTest
	@ValueSource(strings = { ",", ";", "\t", "|" })
	void theDelimiterIsTheOneThatFindsTheIdsInTheHeader(String delimiter) throws IOException {
		Path file = file(TEXT.replace("team,job_id", "team" + delimiter + "job_id")
			.replace("\u80b2,", "\u80b2" + delimiter)
			.replace("\",a", "\"" + delimiter + "a"), StandardCharsets.UTF_8);

		assertThat(lines(file, CsvHints.NONE)).isEqualTo(LINES);
	}

	@ParameterizedTest
	@ValueSource(strings = { ";", "," })
	void theLineThatTellsASpreadsheetTheDelimiterIsNoData(String delimiter) throws IOException {
		Path file = file("sep=;\nteam;job_id\n\u6559\u80b2;a-1\nx;a-2\n".replace(";", delimiter),
				StandardCharsets.UTF_8);

		assertThat(lines(file, CsvHints.NONE))
			.startsWith(new RequestedId(3, new SmartJobId("a-1"), Map.of("team", "\u6559\u80b2")));
	}

	@Test
	void aHeaderThatIsQuotedSaysItToo() throws IOException {
		Path file = file("\"team\";\"job_id\"\n\"\u6559\u80b2\";\"a-1\"\n\"x,y\";\"a-2\"\n", StandardCharsets.UTF_8);

		assertThat(lines(file, CsvHints.NONE)).isEqualTo(LINES);
	}

	@Test
	void aColumnThatIsNamedIsLookedForByEachDelimiter() throws IOException {
		Path file = file("team;job\n\u6559\u80b2;a-1\n\"x,y\";a-2\n", StandardCharsets.UTF_8);

		assertThat(lines(file, new CsvHints("job", null, null))).isEqualTo(LINES);
	}

	@Test
	void withoutAHeaderThatSaysItTheDelimiterIsGiven() throws IOException {
		Path file = file("\u6559\u80b2;a-1\nx;a-2\n", StandardCharsets.UTF_8);

		assertThat(lines(file, new CsvHints("2", ';', null))).extracting((line) -> ((RequestedId) line).labels())
			.containsExactly(Map.of("column_1", "\u6559\u80b2"), Map.of("column_1", "x"));
		assertThatExceptionOfType(BadInputException.class).isThrownBy(() -> lines(file, CsvHints.NONE))
			.withMessageContaining("the cells are separated by \";\", not by commas; give --delimiter ';'");
	}

	@ParameterizedTest
	@CsvSource({ "GB18030, GB18030", "UTF-16, ", "UTF-16LE, UTF-16LE", "windows-1252, windows-1252", "UTF-8, " })
	void textIsReadInTheEncodingThatIsGivenOrThatTheByteOrderMarkSays(String written, @Nullable Charset given)
			throws IOException {
		String team = written.startsWith("windows") ? "Gr\u00f6\u00dfe" : "\u6559\u80b2";
		Path file = file(TEXT.replace("\u6559\u80b2", team), Charset.forName(written));

		List<InputLine> lines = lines(file, new CsvHints(null, null, given));

		assertThat(lines).hasSize(2);
		assertThat(lines.get(0)).isEqualTo(new RequestedId(2, new SmartJobId("a-1"), Map.of("team", team)));
	}

	@Test
	void bytesOfAnotherEncodingAreNamedWithTheirLine() throws IOException {
		Path file = file(TEXT, Charset.forName("GB18030"));

		assertThatExceptionOfType(BadInputException.class).isThrownBy(() -> lines(file, CsvHints.NONE))
			.withMessage("%s, line 2: the line has bytes that are not UTF-8; save the file as \"CSV UTF-8\","
					+ " or give its --encoding", file);
	}

	@ParameterizedTest
	@ValueSource(strings = { "gz", "bzip2", "zstd" })
	void anArchiveIsReadWithAllItsMembers(String kind) throws Exception {
		ByteArrayOutputStream members = new ByteArrayOutputStream();
		members.write(compressed(TEXT.substring(0, 20), kind));
		members.write(compressed(TEXT.substring(20), kind));
		Path file = Files.write(this.directory.resolve("ids"), members.toByteArray());

		assertThat(lines(file, CsvHints.NONE)).isEqualTo(LINES);
	}

	@ParameterizedTest
	@CsvSource({ "gz, gzip", "bzip2, bzip2", "zstd, zstd" })
	void anArchiveThatIsCutIsNotRead(String kind, String name) throws Exception {
		byte[] whole = compressed(TEXT.repeat(1000), kind);
		byte[] half = new byte[whole.length / 2];
		System.arraycopy(whole, 0, half, 0, half.length);
		Path file = Files.write(this.directory.resolve("ids"), half);

		assertThatExceptionOfType(BadInputException.class).isThrownBy(() -> lines(file, CsvHints.NONE))
			.withMessageStartingWith("%s: the %s archive is damaged: ", file, name)
			.withMessageEndingWith("; copy the file again");
	}

	@Test
	void aPipeIsReadOnce() throws Exception {
		Path pipe = this.directory.resolve("pipe");
		assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
		CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> write(pipe));

		assertThat(lines(pipe, CsvHints.NONE)).isEqualTo(LINES);
		writer.join();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			https://example.com/ids.csv | ids are not read from a URL
			oss://bucket/ids.csv        | ids are not read from a URL
			.                           | a directory; give its files, such as './*.csv'
			""")
	void whatIsNoFileIsCalledByItsName(String source, String fault) {
		assertThatExceptionOfType(BadInputException.class)
			.isThrownBy(() -> CsvInput.open(List.of(source), CsvHints.NONE, InputStream.nullInputStream()))
			.withMessageContaining(fault);
	}

	@Test
	void whatIsNotTheStandardIsSaidOnce() throws IOException {
		Path first = file("job_id;x\na-1;1\n", StandardCharsets.UTF_16);
		Path second = Files.writeString(this.directory.resolve("second"), "job_id\na-2\n");
		CsvInput input = CsvInput.open(List.of(first.toString(), second.toString()), CsvHints.NONE,
				InputStream.nullInputStream());

		assertThat(input.formats()).isEqualTo("separated by \";\", UTF-16BE");
	}

	private Path file(String text, Charset encoding) throws IOException {
		return Files.writeString(this.directory.resolve("ids"), text, encoding);
	}

	private static List<InputLine> lines(Path file, CsvHints hints) {
		return ReadLines.of(CsvInput.open(List.of(file.toString()), hints, InputStream.nullInputStream()));
	}

	private static byte[] compressed(String text, String kind) throws IOException, CompressorException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (OutputStream out = new CompressorStreamFactory().createCompressorOutputStream(kind, bytes)) {
			out.write(text.getBytes(StandardCharsets.UTF_8));
		}
		return bytes.toByteArray();
	}

	private static void write(Path pipe) {
		try {
			Files.writeString(pipe, TEXT);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
