package io.jobaudit.ids;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

import io.jobaudit.ids.InputLine.RequestedId;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.infrastructure.item.ExecutionContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SeveralFilesTest {

	@TempDir
	private Path directory = Path.of("");

	@Test
	void filesAreOneInputWithAHeaderEachAndUniqueLineNumbers() throws IOException {
		CsvInput input = open(file("b.csv", "job_id,team\r\na-1,x\r\n\r\na-2,y"), file("a.csv", "id\nb-1\n"),
				gz("c.csv.gz", "c-1\nbad id\n"));

		List<InputLine> lines = ReadLines.of(input);

		assertThat(lines.stream().map((line) -> (line instanceof RequestedId id) ? id.id().value() : "malformed"))
			.containsExactly("a-1", "a-2", "b-1", "c-1", "malformed");
		assertThat(lines.stream().map((line) -> line.lineNo() - fileOf(input, line).offset()))
			.as("lines of their files")
			.containsExactly(2L, 4L, 2L, 1L, 2L);
		assertThat(lines.stream().map(InputLine::lineNo)).isSorted().doesNotHaveDuplicates();
	}

	@Test
	void aRestartResumesAfterAnyLine() throws IOException {
		CsvInput input = open(file("a.csv", "a-1\r\na-2\r\n"), gz("b.gz", "job_id\nb-1\nb-2"), file("c.csv", "c-1"));
		List<InputLine> all = ReadLines.of(input);

		for (int done = 1; done <= all.size(); done++) {
			assertThat(ReadLines.after(input, all.get(done - 1).lineNo(), new ExecutionContext()))
				.as("after %d lines", done)
				.isEqualTo(all.subList(done, all.size()));
		}
	}

	@Test
	void aCompressedFileIsRecognizedByItsBytesWhateverItsName() throws IOException {
		Path plain = file("plain.csv", "a-1\n");
		Path compressed = Files.copy(gz("x.gz", "a-1\n"), this.directory.resolve("compressed.csv"));

		assertThat(ReadLines.of(open(compressed))).isEqualTo(ReadLines.of(open(plain)));
		assertThat(open(plain).sha256()).isEqualTo(DigestUtils.sha256Hex(Files.readAllBytes(plain)));
		assertThat(open(compressed).sha256()).isEqualTo(DigestUtils.sha256Hex(Files.readAllBytes(compressed)));
	}

	@Test
	void theSameFilesInAnotherOrderOrNumberAreADifferentInput() throws IOException {
		Path a = file("a.csv", "a-1\n");
		Path b = file("b.csv", "b-1\n");

		assertThat(List.of(open(a, b).sha256(), open(b, a).sha256(), open(a).sha256(), open(b).sha256()))
			.doesNotHaveDuplicates();
		assertThat(open(a, b)).isEqualTo(open(a, b));
	}

	@Test
	void filesOfAPatternAreSortedByName() throws IOException {
		for (String name : List.of("2.csv.gz", "10.csv.gz", "1.csv.gz")) {
			gz(name, name.replace(".csv.gz", "-id\n"));
		}
		file("other.csv", "other\n");
		Files.createDirectories(this.directory.resolve("deep"));
		gz("deep/3.csv.gz", "deep\n");

		CsvInput input = CsvInput.open(List.of(this.directory + "/*.csv.gz"), CsvHints.NONE,
				InputStream.nullInputStream());

		assertThat(input.files().stream().map((file) -> file.path().getFileName().toString()))
			.containsExactly("1.csv.gz", "10.csv.gz", "2.csv.gz");
		assertThat(CsvInput.open(List.of(this.directory + "/**.csv.gz"), CsvHints.NONE, InputStream.nullInputStream())
			.files()).hasSize(4);
		assertThat(input.source()).isEqualTo(this.directory + "/*.csv.gz");
	}

	@Test
	void standardInputMayBeCompressedAndBeOneOfSeveralFiles() throws IOException {
		byte[] compressed = Files.readAllBytes(gz("in.gz", "s-1\n"));

		CsvInput input = CsvInput.open(List.of(file("a.csv", "a-1\n").toString(), "-"), CsvHints.NONE,
				new ByteArrayInputStream(compressed));

		assertThat(ReadLines.of(input)).extracting((line) -> ((RequestedId) line).id().value())
			.containsExactly("a-1", "s-1");
	}

	@Test
	void aFileThatCannotBeReadIsReportedByName() throws IOException {
		Path whole = gz("whole.gz", "a-1\n".repeat(10_000));
		byte[] bytes = Files.readAllBytes(whole);
		Path cut = Files.write(this.directory.resolve("cut.gz"), Arrays.copyOf(bytes, bytes.length - 9));
		bytes[bytes.length - 6]++;
		Path spoilt = Files.write(this.directory.resolve("spoilt.gz"), bytes);
		Path plain = file("a.csv", "a-1\n");

		assertThatThrownBy(() -> open(cut)).isInstanceOf(BadInputException.class)
			.hasMessageEndingWith("cut.gz: the gzip archive is damaged: it ends in the middle; copy the file again");
		assertThatThrownBy(() -> open(spoilt)).isInstanceOf(BadInputException.class)
			.hasMessageContainingAll("spoilt.gz: the gzip archive is damaged: ", "; copy the file again");
		assertThatThrownBy(() -> open(plain, plain)).isInstanceOf(BadInputException.class)
			.hasMessageContaining("a.csv: the file is named twice; name it once");
		assertThatThrownBy(
				() -> CsvInput.open(List.of(this.directory + "/*.txt"), CsvHints.NONE, InputStream.nullInputStream()))
			.isInstanceOf(BadInputException.class)
			.hasMessage("no file matches " + this.directory + "/*.txt; check the directory and the pattern");
		assertThatThrownBy(() -> ReadLines.of(open(plain, file("b.csv", "x,y\n1,2\n"))))
			.isInstanceOf(BadInputException.class)
			.hasMessageContainingAll("b.csv, line 1: ", "[x, y]", "--id-column");
	}

	@Test
	void anArchiveOfSeveralMembersIsReadWholeAndADamagedMemberIsReported() throws IOException {
		byte[] first = Files.readAllBytes(gz("1.gz", "a-1\n"));
		byte[] second = Files.readAllBytes(gz("2.gz", "b-2\n"));
		Path both = Files.write(this.directory.resolve("both.gz"), concatenated(first, second));
		second[2] = 77;
		Path damaged = Files.write(this.directory.resolve("damaged.gz"), concatenated(first, second));

		assertThat(ReadLines.of(open(both))).hasSize(2);
		assertThatThrownBy(() -> open(damaged)).isInstanceOf(BadInputException.class)
			.hasMessageContaining("damaged.gz: the gzip archive is damaged");
	}

	@Test
	void aFileUnderTwoPathsIsADuplicateAndHalfCopiedFilesAreIgnored() throws IOException {
		Path plain = file("a.csv", "a-1\n");
		file(".a.csv.partial.csv", "half\n");

		assertThatThrownBy(() -> open(plain, this.directory.resolve("x/../a.csv")))
			.isInstanceOf(BadInputException.class)
			.hasMessageContaining("named twice");
		assertThat(
				CsvInput.open(List.of(this.directory + "/*.csv"), CsvHints.NONE, InputStream.nullInputStream()).files())
			.hasSize(1);
	}

	private static byte[] concatenated(byte[] first, byte[] second) {
		byte[] both = Arrays.copyOf(first, first.length + second.length);
		System.arraycopy(second, 0, both, first.length, second.length);
		return both;
	}

	private CsvFile fileOf(CsvInput input, InputLine line) {
		return input.files().stream().filter((file) -> file.offset() < line.lineNo()).reduce((a, b) -> b).orElseThrow();
	}

	private static CsvInput open(Path... files) {
		return CsvInput.open(Arrays.stream(files).map(Path::toString).toList(), CsvHints.NONE,
				InputStream.nullInputStream());
	}

	private Path file(String name, String text) throws IOException {
		return Files.writeString(this.directory.resolve(name), text);
	}

	private Path gz(String name, String text) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
			out.write(text.getBytes(StandardCharsets.UTF_8));
		}
		return Files.write(this.directory.resolve(name), bytes.toByteArray());
	}

}
