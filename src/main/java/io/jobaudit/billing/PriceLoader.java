package io.jobaudit.billing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;

import io.jobaudit.Account;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.util.Assert;

/** Loads the price file into the database, all of it or nothing. */
public record PriceLoader(PricesProperties properties, PriceTable prices, ClosedMonths months,
		TransactionOperations transactions) {

	private static final Logger LOG = LoggerFactory.getLogger(PriceLoader.class);

	/**
	 * Checks the price file alone, with any job types, if there is one.
	 * @param settings {@code audit.prices}
	 * @throws PriceFileException when the file has a fault or is missing although it is
	 * configured
	 */
	public static void requireValidFile(Binder settings) {
		PricesProperties properties = settings.bindOrCreate("audit.prices", PricesProperties.class);
		if (properties.isFileThere()) {
			PriceFile.read(properties.file(), properties.jobTypes(), null);
		}
	}

	/**
	 * Checks the price file as {@link #load} does, and writes nothing.
	 * @return what is known of prices, as part of a sentence
	 */
	public String check(Account account, ZoneId zone) {
		List<PriceTable.DatedPrice> loaded = this.prices.list(account);
		if (!this.properties.isFileThere()) {
			return "no file %s, prices loaded before: %d".formatted(this.properties.file(), loaded.size());
		}
		PriceFile file = read(account);
		requireClosedUnchanged(account, file, loaded, dated(file, zone));
		return "prices in %s: %d".formatted(file.path(), file.lines().size());
	}

	/**
	 * Loads the prices of an account; writes nothing when they are loaded already. If the
	 * default file does not exist, the prices loaded last stay.
	 * @param zone time zone of the days in the file
	 * @throws PriceFileException when the file has a fault, or would change a price of a
	 * closed month
	 */
	public void load(Account account, ZoneId zone) {
		if (this.properties.isFileThere()) {
			PriceFile file = read(account);
			this.transactions.executeWithoutResult((status) -> replace(account, zone, file));
		}
	}

	private PriceFile read(Account account) {
		return PriceFile.read(this.properties.file(), this.properties.jobTypes(),
				() -> this.prices.storedJobTypes(account));
	}

	private void replace(Account account, ZoneId zone, PriceFile file) {
		this.prices.lock(account);
		List<PriceTable.DatedPrice> loaded = this.prices.list(account);
		List<PriceTable.DatedPrice> wanted = dated(file, zone);
		if (wanted.equals(loaded)) {
			return;
		}
		requireClosedUnchanged(account, file, loaded, wanted);
		this.prices.replace(account, wanted);
		LOG.info("Loaded {} prices from {} for account {}", wanted.size(), file.path(), account);
	}

	private void requireClosedUnchanged(Account account, PriceFile file, List<PriceTable.DatedPrice> loaded,
			List<PriceTable.DatedPrice> wanted) {
		ClosedPrices closed = new ClosedPrices(file, loaded, wanted);
		this.months.list(account).forEach(closed::requireUnchanged);
	}

	private static List<PriceTable.DatedPrice> dated(PriceFile file, ZoneId zone) {
		return file.lines()
			.stream()
			.map((line) -> PriceTable.DatedPrice.of(line.price(), zone))
			.sorted(PriceTable.ORDER)
			.toList();
	}

	/**
	 * Where prices come from.
	 *
	 * @param file the price file; the default file may be missing, and then the prices
	 * loaded last stay
	 * @param jobTypes job types that the file may name besides the documented ones and
	 * those of stored jobs
	 */
	@ConfigurationProperties("audit.prices")
	record PricesProperties(@DefaultValue(PricesProperties.DEFAULT_FILE) Path file,
			@DefaultValue List<String> jobTypes) {

		static final String DEFAULT_FILE = "config/prices.csv";

		PricesProperties {
			jobTypes = List.copyOf(jobTypes);
			Assert.hasText(file.toString(),
					"audit.prices.file takes a file name, e.g. %s, but got a blank one".formatted(DEFAULT_FILE));
		}

		/**
		 * Whether there is a file.
		 * @throws PriceFileException when there is none although it is configured
		 */
		boolean isFileThere() {
			if (Files.exists(this.file)) {
				return true;
			}
			if (!this.file.equals(Path.of(DEFAULT_FILE))) {
				throw new PriceFileException(this.file.toAbsolutePath(),
						"no such file; create it, or name another with audit.prices.file");
			}
			return false;
		}

	}

}
