package io.jobaudit.csv;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

class CsvReaderTest {

	@Test
	void rowsHaveTheLineOnWhichTheyBegin() throws IOException {
		assertThat(read("a,b\r\n\"one\ntwo\", x \n\n  \n\"\"\nz")).containsExactly(line(1, "a", "b"),
				line(2, "one\ntwo", "x"), line(6, ""), line(7, "z"));
	}

	@Test
	void aByteOrderMarkIsNoPartOfTheFirstCell() throws IOException {
		assertThat(read("\uFEFFid\n\uFEFFx\n")).containsExactly(line(1, "id"), line(2, "\uFEFFx"));
	}

	@ParameterizedTest
	@ValueSource(ints = { 8188, 8189, 8190, 8191, 8192, 8193 })
	void charactersOfSeveralBytesAreWholeWhereverABufferEnds(int length) throws IOException {
		String cell = "x".repeat(length) + "\u667a\ud83d\ude00\u00e4";

		assertThat(read(cell + "\n" + cell)).containsExactly(line(1, cell), line(2, cell));
	}

	@Test
	void aCharacterWhoseSecondHalfStandsForBadBytesIsReadAsItIs() throws IOException {
		String cell = "\ud83d\udc00 \ud800\udc00";

		assertThat(read(cell)).containsExactly(line(1, cell));
		assertThatExceptionOfType(CsvException.class)
			.isThrownBy(() -> read(new SequenceInputStream(bytes(cell + "\n\"" + cell + "\n"),
					new ByteArrayInputStream(new byte[] { (byte) 0x80, '"' }))))
			.withMessageStartingWith("ids.csv, line 3: ");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 8187, 8192, 20_000 })
	void bytesThatAreNotUtf8AreReportedWithTheirLineAndTheFix(int before) {
		String text = "a\r\nb\rc\n\"d\n" + "x".repeat(before) + "\u00fc\"\ne\n";

		assertThatExceptionOfType(CsvException.class).isThrownBy(() -> read(text, StandardCharsets.ISO_8859_1))
			.withMessage("ids.csv, line 5: the line has bytes that are not UTF-8; save the file as \"CSV UTF-8\"");
	}

	@Test
	void aCharacterThatIsCutOffIsReported() {
		byte[] bytes = "a\n\u667a".getBytes(StandardCharsets.UTF_8);
		InputStream cut = new ByteArrayInputStream(bytes, 0, bytes.length - 1);

		assertThatExceptionOfType(CsvException.class).isThrownBy(() -> read(cut))
			.withMessageStartingWith("ids.csv, line 2: the line has bytes that are not UTF-8");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"open", "\"a\"b,c\n", "\"say \\\"hi\\\"\"\n", "\"a\";\"b\"\n" })
	void quotesThatDoNotMatchAreReportedWithTheLineOfTheRow(String row) {
		assertThatExceptionOfType(CsvException.class).isThrownBy(() -> read("a\n\"two\nlines\"\n" + row))
			.withMessage("ids.csv, line 4: the quotes of this row do not match; write a quote inside a quoted value"
					+ " twice, and close each quoted value");
	}

	@Test
	void whatTheFileSystemSaysIsNotTakenForAFaultOfTheFile() {
		InputStream failing = new SequenceInputStream(bytes("a\n"), new InputStream() {

			@Override
			public int read() throws IOException {
				throw new IOException("disk");
			}

		});

		assertThatIOException().isThrownBy(() -> read(failing)).isNotInstanceOf(CsvException.class).withMessage("disk");
	}

	private static InputStream bytes(String text) {
		return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
	}

	private static CsvLine line(long number, String... cells) {
		return new CsvLine(number, List.of(cells));
	}

	private static List<CsvLine> read(String text) throws IOException {
		return read(text, StandardCharsets.UTF_8);
	}

	private static List<CsvLine> read(String text, Charset charset) throws IOException {
		return read(new ByteArrayInputStream(text.getBytes(charset)));
	}

	private static List<CsvLine> read(InputStream in) throws IOException {
		List<CsvLine> lines = new ArrayList<>();
		try (CsvReader csv = new CsvReader("ids.csv", in)) {
			for (CsvLine line = csv.next(); line != null; line = csv.next()) {
				lines.add(line);
			}
		}
		return lines;
	}

}
