package io.jobaudit.store;

import java.nio.file.Path;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where rows are kept.
 *
 * @param account name of the cloud account, so that several can share a database
 * @param dataDirectory where the embedded database keeps its data
 * @param store what is kept of an answer
 */
@ConfigurationProperties("audit")
public record StoreProperties(@DefaultValue("default") String account, @DefaultValue("data") Path dataDirectory,
		@DefaultValue Store store) {

	public StoreProperties {
		if (account.isBlank()) {
			throw new IllegalArgumentException("audit.account is a name for the cloud account, but is blank");
		}
	}

	/**
	 * What is kept of an answer.
	 *
	 * @param aiResult whether AiResult, which may be megabytes, is kept in the raw answer
	 * @param chunkSize items in a transaction
	 */
	public record Store(@DefaultValue("drop") AiResult aiResult, @DefaultValue("100") int chunkSize) {

		public Store {
			if (chunkSize < 1 || chunkSize > 10_000) {
				throw new IllegalArgumentException("audit.store.chunk-size is 1 to 10000, but is " + chunkSize);
			}
		}

	}

	/** Whether AiResult is kept. */
	public enum AiResult {

		/** Only its length and SHA-256 are. */
		DROP,

		/** It is. */
		KEEP

	}

}
