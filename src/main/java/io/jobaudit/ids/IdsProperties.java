package io.jobaudit.ids;

import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where a query for ids runs.
 *
 * @param datasource the database
 */
@ConfigurationProperties("audit.ids")
public record IdsProperties(@DefaultValue Datasource datasource) {

	/**
	 * The database that the query runs on.
	 *
	 * @param url JDBC URL; default: that of spring.datasource
	 * @param username user name
	 * @param password password
	 * @param driverJar jar of a JDBC driver; those of PostgreSQL and MariaDB are included
	 * @param fetchSize rows fetched at a time
	 * @param queryTimeout time limit of the query
	 */
	public record Datasource(@Nullable String url, @Nullable String username, @Nullable String password,
			@Nullable Path driverJar, @DefaultValue("1000") int fetchSize, @DefaultValue("10m") Duration queryTimeout) {

		public Datasource {
			if (fetchSize < 1) {
				throw new IllegalArgumentException(
						"audit.ids.datasource.fetch-size takes 1 or more, but got " + fetchSize);
			}
			if (queryTimeout.compareTo(Duration.ofSeconds(1)) < 0) {
				throw new IllegalArgumentException("audit.ids.datasource.query-timeout takes 1s or more, but got %dms"
					.formatted(queryTimeout.toMillis()));
			}
		}

		/** Leaves out URL and password. */
		@Override
		public String toString() {
			return "Datasource[username=" + this.username + "]";
		}

	}

}
