package io.jobaudit.billing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

import io.jobaudit.Fuzz;
import io.jobaudit.Mutator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("slow")
class PriceFileFuzzTest {

	private static final List<String> PIECES = List.of(",", ",,", "\n", "\r\n", "job_type", "valid_from", "valid_to",
			"price_per_1000_tokens", "currency", "note", "ASR", "TextGenerate", "CNY", "USD", "cny", "0.0035",
			"99999999999999999999.999999999999", "1e9", ".5", "2026-10-01", "2026-02-30", "2999-12-31", "1000-01-01",
			"\"", "\"\"");

	private static final Pattern MESSAGE = Pattern
		.compile("(?s)price file \\S+(, line \\d+)?: .+(; |, did you mean \").+");

	@TempDir
	private Path directory;

	private int files;

	@Test
	void aDamagedFileGivesPricesThatFitTheirColumnsOrIsRefusedWithLineAndFix() throws IOException {
		Mutator mutator = new Mutator(List.of(read("/demo/prices.csv"), """
				note,currency,price_per_1000_tokens,valid_to,valid_from,job_type
				,CNY,0.0035,2026-09-30,2026-01-01,ASR
				"new, ""list\"",USD,12,,2026-10-01,ASR
				,CNY,0,,2026-10-01,TextGenerate
				""".getBytes(StandardCharsets.UTF_8)), PIECES);
		Fuzz.run("prices", (random) -> new Given(mutator.next(random)), this::takes);
	}

	private boolean takes(Given given) throws IOException {
		Path path = Files.write(this.directory.resolve("prices-" + this.files++ + ".csv"), given.bytes());
		try {
			PriceFile file = PriceFile.read(path, List.of(), List::of);

			for (PriceFile.PriceLine line : file.lines()) {
				Price price = line.price();
				assertThat(price.per1000Tokens()).isNotNegative();
				assertThat(price.per1000Tokens().scale()).isLessThanOrEqualTo(12);
				assertThat(price.per1000Tokens().precision()).isLessThanOrEqualTo(32);
				assertThat(price.currency()).matches("[A-Z]{3}");
				assertThat(price.jobType() + price.note()).doesNotContain("\0");
			}
			return true;
		}
		catch (PriceFileException ex) {
			assertThat(ex.getMessage()).matches(MESSAGE);
			return false;
		}
		finally {
			Files.delete(path);
		}
	}

	private record Given(byte[] bytes) {

		@Override
		public String toString() {
			return Mutator.shown(this.bytes);
		}

	}

	private static byte[] read(String resource) throws IOException {
		try (var in = Objects.requireNonNull(PriceFileFuzzTest.class.getResourceAsStream(resource))) {
			return in.readAllBytes();
		}
	}

}
