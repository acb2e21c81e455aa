package io.jobaudit.billing;

import java.time.Clock;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.support.TransactionOperations;

/** Wires prices and closed months to the application's database. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ PriceLoader.PricesProperties.class, BillProperties.class })
@Import({ PriceTable.class, ClosedMonths.class, PriceLoader.class })
class BillingConfiguration {

	@Bean
	MonthClosing monthClosing(ClosedMonths months, PriceTable prices, TransactionOperations transactions, Clock clock) {
		return new MonthClosing(months, prices, transactions, clock, System.getProperty("user.name"));
	}

}
