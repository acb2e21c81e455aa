package io.jobaudit.store;

import java.nio.file.Path;
import java.time.Duration;

import io.jobaudit.Account;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.util.Assert;

/**
 * Where rows are kept.
 *
 * @param accountName name of the cloud account, so that several can share a database
 * @param dataDirectory where the embedded database keeps its data
 * @param store what is kept of an answer
 */
@ConfigurationProperties("audit")
public record StoreProperties(@Name("account") @DefaultValue("default") String accountName,
		@DefaultValue("data") Path dataDirectory, @DefaultValue Store store) {

	public StoreProperties {
		Assert.hasText(accountName, "audit.account takes a name for the cloud account, but is blank");
	}

	public Account account() {
		return new Account(this.accountName);
	}

	/**
	 * What is kept of an answer.
	 *
	 * @param aiResult whether AiResult, which may take megabytes, is kept in the raw
	 * answer
	 * @param chunkSize maximum number of ids that are answered but not committed
	 * @param outagePatience how long to wait for an unavailable database before the run
	 * ends
	 */
	public record Store(@DefaultValue("drop") AiResultStorage aiResult, @DefaultValue("100") int chunkSize,
			@DefaultValue("5m") Duration outagePatience) {

		public Store {
			Assert.isTrue(chunkSize >= 1 && chunkSize <= 10_000,
					"audit.store.chunk-size takes 1 to 10000, but got " + chunkSize);
			Assert.isTrue(!outagePatience.isNegative(),
					"audit.store.outage-patience takes a duration of 0 or longer, but got " + outagePatience);
		}

	}

	public enum AiResultStorage {

		/** Only its length and SHA-256 are kept. */
		DROP,

		KEEP

	}

}
