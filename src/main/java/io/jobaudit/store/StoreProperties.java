package io.jobaudit.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import io.jobaudit.Account;
import io.jobaudit.ConfigurationException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.core.env.PropertyResolver;
import org.springframework.util.Assert;

/**
 * Where rows are kept.
 *
 * @param accountName name of the cloud account, so that several can share a database
 * @param dataDirectory where the embedded database keeps its data
 * @param embeddedDatabase whether it may be used where no database is configured
 * @param store what is kept of an answer
 */
@ConfigurationProperties("audit")
public record StoreProperties(@Name("account") @DefaultValue("default") String accountName,
		@DefaultValue("data") Path dataDirectory, @DefaultValue("warn") EmbeddedUse embeddedDatabase,
		@DefaultValue Store store) {

	public StoreProperties {
		Assert.hasText(accountName, "audit.account takes a name for the cloud account, but is blank");
	}

	public Account account() {
		return new Account(this.accountName);
	}

	/**
	 * Checks that a database is configured, or the embedded one allowed.
	 * @throws ConfigurationException when neither is
	 */
	public void requireDatabase(PropertyResolver settings) {
		if (!DatabaseUrl.isSet(settings) && this.embeddedDatabase == EmbeddedUse.REFUSE) {
			throw new ConfigurationException(
					"spring.datasource.url is not set, and audit.embedded-database is refuse; set the database,"
							+ " e.g. SPRING_DATASOURCE_URL=jdbc:postgresql://db.example/audit");
		}
	}

	/**
	 * What to know about the embedded database, where it is used although no one has
	 * asked for it.
	 */
	public Optional<String> embeddedNote(PropertyResolver settings) {
		return (this.embeddedDatabase == EmbeddedUse.WARN && !DatabaseUrl.isSet(settings))
				? Optional.of("the embedded database in %s, because spring.datasource.url is not set"
					.formatted(this.dataDirectory.toAbsolutePath()))
				: Optional.empty();
	}

	public enum EmbeddedUse {

		/** Used, and each command says so. */
		WARN,

		/** Used without a word. */
		ALLOW,

		/** Never used: a command without a database ends. */
		REFUSE

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
