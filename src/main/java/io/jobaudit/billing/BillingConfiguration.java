package io.jobaudit.billing;

import java.time.Clock;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires prices and closed months to the application's database. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PricesProperties.class)
class BillingConfiguration {

	@Bean
	PriceLoader priceLoader(PricesProperties properties, JdbcClient jdbc, PlatformTransactionManager transactions) {
		return new PriceLoader(properties, new PriceTable(jdbc), new ClosedMonths(jdbc),
				new TransactionTemplate(transactions));
	}

	@Bean
	MonthClosing monthClosing(JdbcClient jdbc, PlatformTransactionManager transactions, Clock clock) {
		return new MonthClosing(new ClosedMonths(jdbc), new PriceTable(jdbc), new TransactionTemplate(transactions),
				clock, System.getProperty("user.name"));
	}

}
