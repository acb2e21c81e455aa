package io.jobaudit.store;

import java.sql.SQLException;

import javax.sql.DataSource;

import io.jobaudit.ConfigurationException;
import io.jobaudit.store.embedded.EmbeddedAccess;
import io.jobaudit.store.embedded.EmbeddedDatabase;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.util.StringUtils;

/** The application's database: the configured one, or an embedded one. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StoreProperties.class)
@Import({ SmartJobStores.class, PlannerStatistics.class, MigrationRoom.class })
class StoreConfiguration {

	/** The URL is not shown: it may hold a password. */
	private static final String NO_POSTGRESQL_URL = "spring.datasource.url must start with jdbc:postgresql:,"
			+ " e.g. jdbc:postgresql://db.example/audit (value not shown, it may hold a password)";

	/** Checks the database before it is changed. */
	@Bean
	FlywayMigrationStrategy checkedMigration(DataSource dataSource) {
		return (flyway) -> {
			try {
				DatabaseRequirements.check(dataSource);
			}
			catch (SQLException ex) {
				throw new DataAccessResourceFailureException("the database cannot be checked", ex);
			}
			flyway.migrate();
		};
	}

	/** Only when no other database is configured. */
	@Configuration(proxyBeanMethods = false)
	@Conditional(NoDatabaseConfigured.class)
	static class Embedded {

		@Bean
		EmbeddedDatabase embeddedDatabase(StoreProperties properties) {
			return EmbeddedDatabase.start(properties.dataDirectory());
		}

		@Bean
		JdbcConnectionDetails embeddedConnection(EmbeddedDatabase database) {
			return new JdbcConnectionDetails() {

				@Override
				public String getUsername() {
					return EmbeddedAccess.USER;
				}

				@Override
				public String getPassword() {
					return database.password();
				}

				@Override
				public String getJdbcUrl() {
					return database.url();
				}

			};
		}

	}

	/** An empty URL counts as none, so that an environment variable can be overridden. */
	static final class NoDatabaseConfigured extends SpringBootCondition {

		@Override
		public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
			String url = context.getEnvironment().getProperty("spring.datasource.url");
			boolean configured = StringUtils.hasText(url);
			if (url != null && configured && !url.startsWith("jdbc:postgresql:")) {
				throw new ConfigurationException(NO_POSTGRESQL_URL);
			}
			return new ConditionOutcome(!configured,
					ConditionMessage.of("spring.datasource.url " + (configured ? "is" : "is not") + " set"));
		}

	}

}
