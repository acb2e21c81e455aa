package io.jobaudit.billing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;

import io.jobaudit.Account;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.util.Assert;

/** Loads the price file into the database, all of it or nothing. */
public record PriceLoader(PricesProperties properties, PriceTable prices, ClosedMonths months,
		TransactionOperations transactions) {

	private static final Logger LOG = LoggerFactory.getLogger(PriceLoader.class);

	/**
	 * Loads the prices of an account; writes nothing when they are loaded already. If the
	 * default file does not exist, the prices loaded last stay.
	 * @param zone time zone of the days in the file
	 * @throws PriceFileException when the file has a fault, or would change a price of a
	 * closed month
	 */
	public void load(Account account, ZoneId zone) {
		Path path = this.properties.file();
		if (Files.notExists(path)) {
			if (this.properties.isFileExpected()) {
				throw new PriceFileException(path.toAbsolutePath(),
						"no such file; create it, or name another with audit.prices.file");
			}
			return;
		}
		PriceFile file = PriceFile.read(path, this.properties.jobTypes(), () -> this.prices.storedJobTypes(account));
		this.transactions.executeWithoutResult((status) -> replace(account, zone, file));
	}

	private void replace(Account account, ZoneId zone, PriceFile file) {
		this.prices.lock(account);
		List<PriceTable.DatedPrice> loaded = this.prices.list(account);
		List<PriceTable.DatedPrice> wanted = file.lines()
			.stream()
			.map((line) -> PriceTable.DatedPrice.of(line.price(), zone))
			.sorted(PriceTable.ORDER)
			.toList();
		if (wanted.equals(loaded)) {
			return;
		}
		ClosedPrices closed = new ClosedPrices(file, loaded, wanted);
		this.months.list(account).forEach(closed::requireUnchanged);
		this.prices.replace(account, wanted);
		LOG.info("Loaded {} prices from {} for account {}", wanted.size(), file.path(), account);
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

		/** Whether the file is configured and therefore must exist. */
		boolean isFileExpected() {
			return !this.file.equals(Path.of(DEFAULT_FILE));
		}

	}

}
