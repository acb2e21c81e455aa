package io.jobaudit.billing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;

import io.jobaudit.Account;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class PriceLoaderTest {

	private static final String HEADER = "job_type,currency,price_per_1000_tokens,valid_from,valid_to,note\n";

	private final BillingFixture books = new BillingFixture();

	@TempDir
	private Path directory;

	@BeforeEach
	void load() throws IOException {
		load("ASR,CNY,0.0100,2026-01-01,2026-10-31,old", "ASR,CNY,0.02,2026-11-01,,new",
				"TextGenerate,USD,1,2026-11-01,,");
	}

	@Test
	void theTableHoldsWhatTheFileSaysWithTheMidnightsOfTheZone() {
		assertThat(prices()).containsExactly("ASR 0.01 CNY 2026-01-01 2026-10-31 old 2025-12-31 16:00 2026-10-31 16:00",
				"ASR 0.02 CNY 2026-11-01 - new 2026-10-31 16:00 -",
				"TextGenerate 1 USD 2026-11-01 - - 2026-10-31 16:00 -");
	}

	@Test
	void aFileThatIsLoadedAlreadyWritesNothing() throws IOException {
		List<String> before = versions();

		load("TextGenerate,USD,1.00,2026-11-01,,", "ASR,CNY,0.02,2026-11-01,,new",
				"ASR,CNY,0.01,2026-01-01,2026-10-31,old");

		assertThat(versions()).isEqualTo(before);
	}

	@Test
	void aNewFileReplacesAllPricesOfItsAccountAndNoOthers() throws IOException {
		this.books.loader(properties()).load(new Account("other"), BillingFixture.ZONE);

		load("ASR,CNY,0.03,2026-01-01,,");

		assertThat(prices()).containsExactly("ASR 0.03 CNY 2026-01-01 - - 2025-12-31 16:00 -");
		assertThat(this.books.rows("select from audit.price where account = 'other'")).hasSize(3);
	}

	@Test
	void aFaultLoadsNothing() {
		List<String> before = prices();

		assertThatExceptionOfType(PriceFileException.class)
			.isThrownBy(() -> load("ASR,CNY,9,2026-01-01,,", "TextGenerate,CNY,x,2026-01-01,,"));

		assertThat(prices()).isEqualTo(before);
	}

	@Test
	void aTypeOfAStoredJobIsKnown() throws IOException {
		assertThatExceptionOfType(PriceFileException.class).isThrownBy(() -> load("Dubbing,CNY,9,2026-01-01,,"))
			.withMessageContaining("If it is right, add it to audit.prices.job-types");
		this.books.job(this.books.run("2026-11-02T00:00:00Z"), "d1", "Dubbing", "Finished", 5L, null,
				"2026-11-02T00:00:00Z");

		load("Dubbing,CNY,9,2026-01-01,,");

		assertThat(prices()).containsExactly("Dubbing 9 CNY 2026-01-01 - - 2025-12-31 16:00 -");
	}

	@Test
	void withoutTheDefaultFileThePricesStayAndAConfiguredFileMustExist() {
		List<String> before = prices();

		assertThatNoException().isThrownBy(() -> this.books
			.loader(new PriceLoader.PricesProperties(Path.of(PriceLoader.PricesProperties.DEFAULT_FILE), List.of()))
			.load(BillingFixture.ACCOUNT, BillingFixture.ZONE));
		assertThat(Path.of("config/prices.csv")).as("an example must not be loaded").doesNotExist();
		assertThat(prices()).isEqualTo(before);
		Path missing = this.directory.resolve("missing.csv");
		assertThatExceptionOfType(PriceFileException.class)
			.isThrownBy(() -> this.books.loader(new PriceLoader.PricesProperties(missing, List.of()))
				.load(BillingFixture.ACCOUNT, BillingFixture.ZONE))
			.withMessage("price file " + missing + ": no such file; create it, or name another with audit.prices.file");
	}

	@Test
	void aCheckSaysWhatALoadWouldDoAndWritesNothing() throws IOException {
		PriceLoader loader = this.books.loader(properties());
		List<String> before = versions();
		Files.writeString(this.directory.resolve("prices.csv"), HEADER + "ASR,CNY,7,2026-01-01,,\n");

		assertThat(loader.check(BillingFixture.ACCOUNT, BillingFixture.ZONE))
			.isEqualTo("prices in " + this.directory.resolve("prices.csv") + ": 1");
		assertThat(this.books
			.loader(new PriceLoader.PricesProperties(Path.of(PriceLoader.PricesProperties.DEFAULT_FILE), List.of()))
			.check(BillingFixture.ACCOUNT, BillingFixture.ZONE))
			.isEqualTo("no file config/prices.csv, prices loaded before: 3");
		this.books.close("2026-10", "2026-11-02T00:00:00Z");
		assertThatExceptionOfType(PriceFileException.class)
			.isThrownBy(() -> loader.check(BillingFixture.ACCOUNT, BillingFixture.ZONE))
			.withMessageContaining("line 2: the price of ASR on 2026-10-01 would change from 0.01 CNY to 7 CNY");
		assertThat(versions()).isEqualTo(before);
	}

	@Test
	void aPriceOfAClosedMonthCannotChange() throws IOException {
		this.books.close("2026-10", "2026-11-02T00:00:00Z");
		List<String> before = prices();

		assertThatExceptionOfType(PriceFileException.class)
			.isThrownBy(() -> load("TextGenerate,USD,1,2026-11-01,,", "ASR,CNY,0.01,2026-01-01,2026-10-30,old",
					"ASR,USD,0.02,2026-10-31,,new"))
			.withMessage("price file " + this.directory.resolve("prices.csv")
					+ ", line 4: the price of ASR on 2026-10-31"
					+ " would change from 0.01 CNY to 0.02 USD, but 2026-10 is closed; keep the price, or reopen the"
					+ " month first: job-audit close 2026-10 --reopen --reason \"...\"");

		assertThat(prices()).isEqualTo(before);
	}

	@Test
	void aPriceOfAClosedMonthCanNeitherBeAddedNorRemoved() {
		this.books.close("2026-10", "2026-11-02T00:00:00Z");

		assertThatExceptionOfType(PriceFileException.class)
			.isThrownBy(() -> load("ASR,CNY,0.01,2026-01-01,2026-10-31,", "TextGenerate,USD,1,2026-10-31,,"))
			.withMessageContaining(
					", line 3: the price of TextGenerate on 2026-10-31 would change from no price to 1 USD");
		assertThatExceptionOfType(PriceFileException.class).isThrownBy(() -> load("ASR,CNY,0.02,2026-11-01,,"))
			.withMessageContaining("prices.csv: the price of ASR on 2026-10-01 would change from 0.01 CNY to no price");
	}

	@Test
	void theDaysOfAnotherZoneWouldChangeThePricesOfAClosedMonth() {
		this.books.close("2026-10", "2026-11-02T00:00:00Z");

		assertThatExceptionOfType(PriceFileException.class)
			.isThrownBy(() -> this.books.loader(properties()).load(BillingFixture.ACCOUNT, ZoneOffset.ofHours(9)))
			.withMessageContaining("the price of ASR on 2026-10-31 would change from 0.01 CNY to 0.02 CNY");
	}

	@Test
	void notesAndPricesOutsideAClosedMonthMayChangeAndAllOnceItIsReopened() throws IOException {
		ClosedMonth closed = this.books.close("2026-10", "2026-11-02T00:00:00Z");

		load("ASR,CNY,7,2026-01-01,2026-09-30,", "ASR,CNY,0.01,2026-10-01,2026-10-31,another note",
				"ASR,CNY,8,2026-11-01,,");
		assertThat(prices()).hasSize(3).element(1).asString().startsWith("ASR 0.01 CNY 2026-10-01 2026-10-31 another");
		this.books.book("2026-11-03T00:00:00Z").reopen(BillingFixture.ACCOUNT, closed.month(), "wrong price");
		load("ASR,CNY,9,2026-01-01,,");

		assertThat(prices()).containsExactly("ASR 9 CNY 2026-01-01 - - 2025-12-31 16:00 -");
	}

	private void load(String... lines) throws IOException {
		Files.writeString(this.directory.resolve("prices.csv"), HEADER + String.join("\n", lines));
		this.books.loader(properties()).load(BillingFixture.ACCOUNT, BillingFixture.ZONE);
	}

	private PriceLoader.PricesProperties properties() {
		return new PriceLoader.PricesProperties(this.directory.resolve("prices.csv"), List.of());
	}

	private List<String> prices() {
		return this.books.jdbc
			.sql("""
					select concat_ws(' ', job_type, price_per_1000_tokens, currency, valid_from, coalesce(valid_to::text, '-'),
					  coalesce(note, '-'), to_char(starts_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI'),
					  coalesce(to_char(ends_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI'), '-'))
					from audit.price where account = 'default' order by job_type collate "C", valid_from
					""")
			.query((row, number) -> row.getString(1))
			.list();
	}

	/** Which transaction wrote each row. */
	private List<String> versions() {
		return this.books.jdbc.sql("select xmin || ' ' || ctid from audit.price order by 1")
			.query((row, number) -> row.getString(1))
			.list();
	}

}
