package io.jobaudit.ids;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.jobaudit.Generated;
import io.jobaudit.Property;
import io.jobaudit.ids.InputLine.MalformedLine;
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

	@TempDir
	private Path directory = Path.of("");

	private int files;

	@Test
	void printedLinesAreReadBackWithTheirNumbersFromAnyRestart() {
		Property.holds((random) -> {
			PrintedCsv csv = PrintedCsv.random(random);
			long restart = random.nextInt(20);

			CsvInput input = input(csv.text().getBytes(StandardCharsets.UTF_8));
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
			String text = new String(bytes, StandardCharsets.UTF_8);
			long restart = random.nextInt(8);
			try {
				CsvInput input = input(bytes);
				Read whole = read(input, 0);
				read[0]++;

				assertThat(whole.count()).as(text).isEqualTo(whole.lines().size());
				assertThat(whole.lines()).as(text).extracting(InputLine::lineNo).isSorted().doesNotHaveDuplicates();
				assertThat(whole.lines()).as(text).allSatisfy(CsvIdPropertiesTest::assertStorable);
				assertThat(read(input, restart)).as(text).isEqualTo(whole.after(restart));
			}
			catch (BadInputException ex) {
				assertThat(ex.getMessage()).as(text).matches("(?s)\\S+/ids-\\d+\\.csv(, line \\d+)?: .+; .+");
			}
		});
		assertThat(read[0]).as("most files are not refused").isGreaterThan(Property.CASES / 2);
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

	/** What a reader gave, and how many lines it counted. */
	private record Read(List<InputLine> lines, long count) {

		Read after(long lineNo) {
			return new Read(this.lines.stream().filter((line) -> line.lineNo() > lineNo).toList(), this.count);
		}

	}

	/** A file for each case: some file systems flush a file that is written again. */
	private CsvInput input(byte[] bytes) throws IOException {
		Path file = Files.write(this.directory.resolve("ids-" + this.files++ + ".csv"), bytes);
		return CsvInput.open(List.of(file.toString()), null, new ByteArrayInputStream(new byte[0]));
	}

	private static Read read(CsvInput input, long lastImported) {
		CsvIdReader reader = new CsvIdReader(input, () -> lastImported);
		ExecutionContext context = new ExecutionContext();
		List<InputLine> lines = new ArrayList<>();
		reader.open(context);
		try {
			for (InputLine line = reader.read(); line != null; line = reader.read()) {
				lines.add(line);
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
