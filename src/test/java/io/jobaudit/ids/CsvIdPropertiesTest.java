package io.jobaudit.ids;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import io.jobaudit.Fuzz;
import io.jobaudit.Generated;
import io.jobaudit.Mutator;
import io.jobaudit.Property;
import io.jobaudit.ids.InputLine.MalformedLine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.infrastructure.item.ExecutionContext;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds for every file of ids. */
@Tag("slow")
class CsvIdPropertiesTest {

	private static final List<String> PIECES = List.of("\"", ",", "\n", "\r", "\r\n", " ", "a-1", "b-2,x\n", "bad id",
			"job_id", "ä", "x".repeat(65), "\t", "\"say \"\"hi\"\"\"\n", "\"a-2\"", "=1", "\uFEFF");

	private static final List<String> COLUMNS = List.of("job_id", "id", "note", "1", "2", "0", "10000", "jobid", "");

	private static final List<byte[]> SAMPLES = Stream
		.of("job_id,note\r\na-1,x\r\nb-2,\"y, z\"\r\nbad id,\r\n,\r\n", "a-1\nb-2\n\nc-3\n",
				"\uFEFFnote,JobId,cost_centre\nx,a-1,7\n\"say \"\"hi\"\"\n\",b-2,\n",
				"job_id,job_type,state,create_time\na-1,ASR,Finished,2026-10-01T00:00:00Z\n",
				"job_id,audit_http_status,audit_code,audit_message,audit_attempts,x\na-1,404,NotFound,'=1+1,3,y\n")
		.map((text) -> text.getBytes(StandardCharsets.UTF_8))
		.toList();

	@TempDir
	private Path directory = Path.of("");

	private int files;

	@Test
	void printedLinesAreReadBackWithTheirNumbersFromAnyRestart() {
		Property.holds((random) -> {
			PrintedCsv csv = PrintedCsv.random(random);
			long restart = random.nextInt(20);

			CsvInput input = input(file(csv.text().getBytes(StandardCharsets.UTF_8)), null);
			Read whole = read(input, 0);
			Read rest = read(input, restart);

			assertThat(whole).as(csv.text()).isEqualTo(new Read(csv.expected(), csv.expected().size()));
			assertThat(rest).as(csv.text()).isEqualTo(whole.after(restart));
		});
	}

	@Test
	void anyBytesAreReadLineByLineFromAnyRestartOrReportedWithFileFaultAndFix() {
		int[] read = { 0 };
		Property.holds((random) -> {
			byte[] bytes = anyBytes(random);
			read[0] += takes(new Given(bytes, null, random.nextInt(8))) ? 1 : 0;
		});
		assertThat(read[0]).as("most files are not refused").isGreaterThan(Property.CASES / 2);
	}

	@Test
	void soIsADamagedFileWithAnyColumnOfIdsPlainOrCompressed() {
		Mutator mutator = new Mutator(SAMPLES, PIECES);
		Fuzz.run("ids", (random) -> {
			byte[] bytes = mutator.next(random);
			String column = (random.nextInt(3) > 0) ? null
					: (random.nextBoolean()) ? Generated.pick(random, COLUMNS) : Generated.text(random, 2);
			return new Given((random.nextInt(10) == 0) ? damaged(random, gzip(bytes)) : bytes, column,
					random.nextInt(8));
		}, this::takes);
	}

	private boolean takes(Given given) throws IOException {
		Path file = file(given.bytes());
		try {
			CsvInput input = input(file, given.idColumn());
			Read whole = read(input, 0);

			assertThat(whole.count()).isEqualTo(whole.lines().size());
			assertThat(whole.lines()).extracting(InputLine::lineNo).isSorted().doesNotHaveDuplicates();
			assertThat(whole.lines()).allSatisfy(CsvIdPropertiesTest::assertStorable);
			assertThat(read(input, given.restart())).isEqualTo(whole.after(given.restart()));
			return true;
		}
		catch (BadInputException ex) {
			assertThat(ex.getMessage()).matches("(?s)\\S+/ids-\\d+\\.csv(, line \\d+)?: .+; .+");
			return false;
		}
		finally {
			Files.delete(file);
		}
	}

	private static byte[] gzip(byte[] bytes) {
		ByteArrayOutputStream compressed = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
			gzip.write(bytes);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return compressed.toByteArray();
	}

	private static byte[] damaged(Random random, byte[] archive) {
		if (random.nextBoolean()) {
			archive[random.nextInt(archive.length)] = (byte) random.nextInt();
		}
		return (random.nextInt(4) == 0) ? Arrays.copyOf(archive, random.nextInt(archive.length)) : archive;
	}

	private static void assertStorable(InputLine line) {
		assertThat(line.lineNo()).isPositive();
		if (line instanceof MalformedLine malformed) {
			assertThat(malformed.content()).doesNotContain("\0").hasSizeLessThanOrEqualTo(1000);
		}
	}

	private static byte[] anyBytes(Random random) {
		StringBuilder text = new StringBuilder(random.nextInt(8) == 0 ? "" : "job_id,note\n");
		for (int left = 1 + random.nextInt(15); left > 0; left--) {
			text.append(Generated.pick(random, PIECES));
		}
		byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
		if (random.nextInt(4) == 0) {
			bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
		}
		return bytes;
	}

	/**
	 * A file, how it is read, and the last line that was imported before a restart.
	 */
	private record Given(byte[] bytes, @Nullable String idColumn, long restart) {

		@Override
		public String toString() {
			return "column %s, restart %d: %s".formatted(this.idColumn, this.restart, Mutator.shown(this.bytes));
		}

	}

	/** What a reader gave, and how many lines it counted. */
	private record Read(List<InputLine> lines, long count) {

		Read after(long lineNo) {
			return new Read(this.lines.stream().filter((line) -> line.lineNo() > lineNo).toList(), this.count);
		}

	}

	/** A file for each case: some file systems flush a file that is written again. */
	private Path file(byte[] bytes) throws IOException {
		return Files.write(this.directory.resolve("ids-" + this.files++ + ".csv"), bytes);
	}

	private static CsvInput input(Path file, @Nullable String idColumn) {
		return CsvInput.open(List.of(file.toString()), new CsvHints(idColumn, null, null),
				new ByteArrayInputStream(new byte[0]));
	}

	private static Read read(CsvInput input, long lastImported) {
		CsvIdReader reader = new CsvIdReader(input, () -> lastImported);
		ExecutionContext context = new ExecutionContext();
		List<InputLine> lines = new ArrayList<>();
		reader.open(context);
		try {
			for (List<InputLine> block = reader.read(); block != null; block = reader.read()) {
				lines.addAll(block);
				assertThat(lines.size()).as("an end").isLessThan(10_000);
			}
			reader.update(context);
			return new Read(lines, context.getLong(CsvIdReader.LINES_READ));
		}
		finally {
			reader.close();
		}
	}

}
