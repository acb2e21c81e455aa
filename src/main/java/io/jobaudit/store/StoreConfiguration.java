package io.jobaudit.store;

import io.jobaudit.store.embedded.EmbeddedAccess;
import io.jobaudit.store.embedded.EmbeddedDatabase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** The application's database: the configured one, or an embedded one. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StoreProperties.class)
@Import({ SmartJobStores.class, PlannerStatistics.class, MigrationRoom.class, SchemaMigration.class })
class StoreConfiguration {

	private static final Logger LOG = LoggerFactory.getLogger(StoreConfiguration.class);

	/** Only when no other database is configured. */
	@Configuration(proxyBeanMethods = false)
	@Conditional(NoDatabaseConfigured.class)
	static class Embedded {

		@Bean
		EmbeddedDatabase embeddedDatabase(StoreProperties properties, Environment settings) {
			properties.requireDatabase(settings);
			properties.embeddedNote(settings)
				.ifPresent((note) -> LOG.warn(
						"Rows go to {}; if that is intended, add --embedded to run, or set audit.embedded-database=allow",
						note));
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

	static final class NoDatabaseConfigured extends SpringBootCondition {

		@Override
		public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
			DatabaseUrl.check(context.getEnvironment());
			boolean configured = DatabaseUrl.isSet(context.getEnvironment());
			return new ConditionOutcome(!configured,
					ConditionMessage.of(DatabaseUrl.NAME + (configured ? " is" : " is not") + " set"));
		}

	}

}
