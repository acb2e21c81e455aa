package io.jobaudit.ids;

import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where ids are queried.
 *
 * @param datasource the database that is asked
 */
@ConfigurationProperties("audit.ids")
public record IdsProperties(@DefaultValue Datasource datasource) {

	/**
	 * The database that is asked.
	 *
	 * @param url JDBC URL; that of spring.datasource when it is not set
	 * @param username user name
	 * @param password password
	 * @param driverJar jar of a JDBC driver other than PostgreSQL's and MariaDB's, which
	 * are there
	 * @param fetchSize rows that are fetched at a time
	 * @param queryTimeout longest time for the query
	 */
	public record Datasource(@Nullable String url, @Nullable String username, @Nullable String password,
			@Nullable Path driverJar, @DefaultValue("1000") int fetchSize, @DefaultValue("10m") Duration queryTimeout) {

		public Datasource {
			if (fetchSize < 1) {
				throw new IllegalArgumentException("audit.ids.datasource.fetch-size is 1 or more, but is " + fetchSize);
			}
			if (queryTimeout.compareTo(Duration.ofSeconds(1)) < 0) {
				throw new IllegalArgumentException(
						"audit.ids.datasource.query-timeout is 1s or longer, but is " + queryTimeout);
			}
		}

		/** Without URL and password. */
		@Override
		public String toString() {
			return "Datasource[username=" + this.username + "]";
		}

	}

}
