package io.jobaudit.billing;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PriceFileTest {

	private static final String HEADER = "job_type,currency,price_per_1000_tokens,valid_from,valid_to,note\n";

	private static final String COLUMNS = "job_type,currency,price_per_1000_tokens,valid_from,valid_to,note";

	@TempDir
	private Path directory;

	/** Faults of a price file, and their messages. */
	enum Fault {

		EMPTY("",
				": no prices; write one line per price below the line " + COLUMNS
						+ ", or remove the file to keep the prices that are loaded"),

		ONLY_HEADER(HEADER + "\n\n", EMPTY.says),

		NO_HEADER("ASR,CNY,0.01,2026-01-01,,\n",
				", line 1: unknown column \"ASR\", did you mean \"note\"? Begin the file with the line " + COLUMNS),

		SEMICOLONS(HEADER.replace(',', ';'),
				", line 1: unknown column \"" + COLUMNS.replace(',', ';') + "\", did you mean"
						+ " \"price_per_1000_tokens\"? Begin the file with the line " + COLUMNS),

		UNKNOWN_COLUMN(HEADER.replace("note", "notes"),
				", line 1: unknown column \"notes\", did you mean \"note\"? Begin the file with the line " + COLUMNS),

		MISSING_COLUMN(HEADER.replace("valid_to,", ""),
				", line 1: missing column \"valid_to\"; begin the file with the line " + COLUMNS),

		COLUMN_TWICE(HEADER.replace("note", "currency"), ", line 1: duplicate column \"currency\"; remove one of them"),

		SHORT_ROW(HEADER + "ASR,CNY,0.01,2026-01-01\n",
				", line 2: the row has 4 cells, but the header has 6:"
						+ " [ASR, CNY, 0.01, 2026-01-01]; write a comma for each column, even where it is empty"),

		LONG_ROW(HEADER + "ASR,CNY,0,01,2026-01-01,,\n",
				", line 2: the row has 7 cells, but the header has 6:"
						+ " [ASR, CNY, 0, 01, 2026-01-01, , ]; quote the cell that contains a comma"),

		NO_TYPE(HEADER + ",CNY,0.01,2026-01-01,,\n",
				", line 2: job_type is empty; write the job type of the price, e.g. TextGenerate"),

		UNKNOWN_TYPE(HEADER + "ASR,CNY,1,2026-01-01,,\nTextGenerat,CNY,0.01,2026-01-01,,\n",
				", line 3: unknown job_type \"TextGenerat\", did you mean \"TextGenerate\"?"
						+ " If it is right, add it to audit.prices.job-types"),

		TYPE_IN_OTHER_CASE(HEADER + "asr,CNY,0.01,2026-01-01,,\n",
				", line 2: unknown job_type \"asr\", did you mean \"ASR\"?"
						+ " If it is right, add it to audit.prices.job-types"),

		NUL_IN_NOTE(HEADER + "ASR,CNY,0.01,2026-01-01,,a\0b\n", ", line 2: note contains a NUL character; remove it"),

		UNKNOWN_CURRENCY(HEADER + "ASR,RMB,0.01,2026-01-01,,\n",
				", line 2: currency is \"RMB\"; write an ISO 4217 code, e.g. CNY"),

		NO_CURRENCY(HEADER + "ASR,,0.01,2026-01-01,,\n",
				", line 2: currency is \"\"; write an ISO 4217 code, e.g. CNY"),

		DECIMAL_COMMA(HEADER + "ASR,CNY,\"0,01\",2026-01-01,,\n", number("0,01")),

		NEGATIVE(HEADER + "ASR,CNY,-0.01,2026-01-01,,\n", number("-0.01")),

		EXPONENT(HEADER + "ASR,CNY,1e-2,2026-01-01,,\n", number("1e-2")),

		NO_NUMBER(HEADER + "ASR,CNY,,2026-01-01,,\n", number("")),

		FREE_IN_WORDS(HEADER + "ASR,CNY,free,2026-01-01,,\n", number("free")),

		THIRTEEN_DECIMAL_PLACES(HEADER + "ASR,CNY,0.0000000000001,2026-01-01,,\n", number("0.0000000000001")),

		OTHER_DIGITS(HEADER + "ASR,CNY,\u0661,2026-01-01,,\n", number("\u0661")),

		NO_FIRST_DAY(HEADER + "ASR,CNY,0.01,,,\n", ", line 2: valid_from is \"\"; write a date, e.g. 2026-10-01"),

		NO_SUCH_DAY(HEADER + "ASR,CNY,0.01,2026-02-29,,\n",
				", line 2: valid_from is \"2026-02-29\"; write a date, e.g. 2026-10-01"),

		DAY_IN_OTHER_FORM(HEADER + "ASR,CNY,0.01,2026-02-01,31.12.2026,\n",
				", line 2: valid_to is \"31.12.2026\"; write a date, e.g. 2026-10-01"),

		ENDS_BEFORE_IT_BEGINS(HEADER + "ASR,CNY,0.01,2026-02-02,2026-02-01,\n",
				", line 2: valid_to 2026-02-01 is before valid_from 2026-02-02; write the price's last day, or leave it"
						+ " empty for no end"),

		OVERLAP_OF_A_DAY(
				HEADER + "ASR,CNY,0.02,2026-02-01,,\nTextGenerate,CNY,1,2026-01-01,,\n"
						+ "ASR,CNY,0.01,2026-01-01,2026-02-01,\n",
				", line 2: ASR has a price from 2026-02-01, but line 4 has a price for it to 2026-02-01; set valid_to"
						+ " of line 4 to 2026-01-31"),

		OVERLAP_WITHOUT_END(HEADER + "ASR,CNY,0.01,2026-01-01,,\nASR,USD,0.02,2026-02-01,,\n",
				", line 3: ASR has a price from 2026-02-01, but line 2 has a price for it without an end; set valid_to"
						+ " of line 2 to 2026-01-31"),

		SAME_DAYS(HEADER + "ASR,CNY,0.01,2026-01-01,,\nASR,USD,0.01,2026-01-01,,\n",
				", line 3: ASR has a price from 2026-01-01, but line 2 has a price for it without an end; remove one of"
						+ " the two lines"),

		GAP_OF_A_DAY(HEADER + "ASR,CNY,0.01,2026-01-01,2026-01-30,\nASR,CNY,0.02,2026-02-01,,\n",
				", line 3: ASR has no price from 2026-01-31 to 2026-01-31, between lines 2 and 3; set valid_to of"
						+ " line 2 to 2026-01-31, or add a line"),

		OPEN_QUOTE(HEADER + "ASR,CNY,0.01,2026-01-01,,\"open\n",
				", line 2: the quotes of this row do not match; write a"
						+ " quote inside a quoted value twice, and close each quoted value"),

		FAULT_BELOW_A_NOTE_OF_TWO_LINES(
				HEADER + "ASR,CNY,0.01,2026-01-01,,\"two\nlines\"\nTextGenerate,CNY,x,2026-01-01,,\n",
				number("x").replace("line 2", "line 4"));

		private final String content;

		private final String says;

		Fault(String content, String says) {
			this.content = content;
			this.says = says;
		}

		private static String number(String found) {
			return ", line 2: price_per_1000_tokens is \"" + found + "\"; write a number of 0 or more with at"
					+ " most 12 decimal places, e.g. 0.0035";
		}

	}

	@ParameterizedTest
	@EnumSource
	void aFaultIsReportedWithLineValueAndFix(Fault fault) throws IOException {
		Path file = write(fault.content);

		assertThatExceptionOfType(PriceFileException.class).isThrownBy(() -> read(file))
			.withMessage("price file " + file + fault.says);
	}

	@Test
	void aLineWithoutCurrencyAndPriceSaysThatThereIsNoPriceYet() throws IOException {
		Path file = write(HEADER + "ASR,CNY,0.01,2026-01-01,2026-01-30,\nASR,,,2026-01-31,2026-02-28,not agreed yet\n"
				+ "ASR,CNY,0.02,2026-03-01,,\nTextGenerate,,,2026-01-01,,\n");

		assertThat(read(file)).extracting((line) -> line.number() + " " + line.price())
			.containsExactly("2 0.01 CNY", "4 0.02 CNY");
	}

	@Test
	void bytesThatAreNotUtf8AreReportedWithTheirLine() throws IOException {
		Path file = this.directory.resolve("prices.csv");
		Files.write(file, (HEADER + "ASR,CNY,1,2026-01-01,,Stra\u00dfe\n").getBytes(StandardCharsets.ISO_8859_1));

		assertThatExceptionOfType(PriceFileException.class).isThrownBy(() -> read(file))
			.withMessage("price file " + file
					+ ", line 2: the line has bytes that are not UTF-8; save the file as \"CSV UTF-8\"");
	}

	@Test
	void aDirectoryIsNotAPriceFile() {
		assertThatExceptionOfType(PriceFileException.class).isThrownBy(() -> read(this.directory))
			.withMessage("price file " + this.directory
					+ ": the file cannot be read: Is a directory; let this user read it");
	}

	@Test
	void columnsComeInAnyOrderBehindAByteOrderMarkWithBlankLinesEmptyEndsAndCrLf() throws IOException {
		Path file = write("\uFEFFnote,valid_to,valid_from,price_per_1000_tokens,currency,job_type,\r\n\r\n"
				+ "\"first, half\",2026-06-30, 2026-01-01 ,0.0080,CNY,ASR,\r\n,,2026-07-01,0,USD,ASR,");

		assertThat(read(file)).containsExactly(
				new PriceFile.PriceLine(3,
						new Price("ASR", "CNY", new BigDecimal("0.008"), LocalDate.of(2026, 1, 1),
								LocalDate.of(2026, 6, 30), "first, half")),
				new PriceFile.PriceLine(4,
						new Price("ASR", "USD", BigDecimal.ZERO, LocalDate.of(2026, 7, 1), null, null)));
	}

	@Test
	void aPriceKeepsTwelveDecimalPlacesAndATypeOfAStoredJobIsKnown() throws IOException {
		Path file = write(HEADER + "Dubbing,CNY,12345678901234567890.123456789012,2026-01-01,,\n");

		List<PriceFile.PriceLine> lines = PriceFile.read(file, List.of(), () -> List.of("Dubbing")).lines();

		assertThat(lines.get(0).price()).hasToString("12345678901234567890.123456789012 CNY");
	}

	@Test
	void aConfiguredTypeIsKnownWithoutAskingForTypesOfStoredJobs() throws IOException {
		Path file = write(HEADER + "Dubbing,CNY,1,2026-01-01,,\n");

		assertThat(PriceFile.read(file, List.of("Dubbing"), () -> {
			throw new AssertionError("asked");
		}).lines()).hasSize(1);
	}

	@Test
	void aPriceIsValidToTheEndOfItsLastDayInItsZoneAlsoWhereTheClocksChange() {
		ZoneId newYork = ZoneId.of("America/New_York");
		Price price = new Price("ASR", "USD", BigDecimal.ONE, LocalDate.of(2026, 11, 1), LocalDate.of(2026, 11, 1),
				null);

		PriceTable.DatedPrice dated = PriceTable.DatedPrice.of(price, newYork);

		assertThat(dated.startsAt()).isEqualTo("2026-11-01T04:00:00Z");
		assertThat(dated.endsAt()).isEqualTo("2026-11-02T05:00:00Z");
		assertThat(dated.isFor("ASR", Instant.parse("2026-11-02T04:59:59.999Z"))).isTrue();
		assertThat(dated.isFor("ASR", Instant.parse("2026-11-02T05:00:00Z"))).isFalse();
	}

	@Test
	void theSampleCanBeUsedAsItIs() {
		assertThat(read(Path.of("config/prices.sample.csv"))).hasSize(2)
			.allMatch((line) -> String.valueOf(line.price().note()).startsWith("EXAMPLE"));
	}

	private Path write(String content) throws IOException {
		return Files.writeString(this.directory.resolve("prices.csv"), content);
	}

	private static List<PriceFile.PriceLine> read(Path file) {
		return PriceFile.read(file, List.of(), List::of).lines();
	}

}
