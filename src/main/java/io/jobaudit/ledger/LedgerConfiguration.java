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
	Runs runs(JdbcClient jdbc, Clock clock) {
		return new Runs(jdbc, clock);
	}

	@Bean
	ListedJobs listedJobs(JdbcClient jdbc, Clock clock) {
		return new ListedJobs(jdbc, clock);
	}

	@Bean
	Ledger ledger(DataSource dataSource, JdbcOperations jdbc, JdbcClient client) {
		return new Ledger(dataSource, jdbc, client);
	}

	@Bean
	RunSubsets runSubsets(JdbcClient jdbc) {
		return new RunSubsets(jdbc);
	}

	@Bean
	RunHistory runHistory(JdbcClient jdbc) {
		return new RunHistory(jdbc);
	}

}
