package io.jobaudit.ledger;

import java.time.Clock;

import javax.sql.DataSource;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The ledger on the application's database. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LimitsProperties.class)
class LedgerConfiguration {

	@Bean
	RunBook runBook(JdbcClient jdbc, Clock clock) {
		return new RunBook(jdbc, clock);
	}

	@Bean
	ListingBook listingBook(JdbcClient jdbc, Clock clock) {
		return new ListingBook(jdbc, clock);
	}

	@Bean
	Ledger ledger(DataSource dataSource, JdbcOperations jdbc, JdbcClient client) {
		return new Ledger(dataSource, jdbc, client);
	}

	@Bean
	RunParts runParts(JdbcClient jdbc) {
		return new RunParts(jdbc);
	}

	@Bean
	RunHistory runHistory(JdbcClient jdbc) {
		return new RunHistory(jdbc);
	}

}
