package io.jobaudit.upkeep;

import java.time.Clock;

import javax.sql.DataSource;

import io.jobaudit.billing.MonthClosing;
import io.jobaudit.billing.PriceLoader;
import io.jobaudit.ledger.Ledger;
import io.jobaudit.ledger.Runs;
import io.jobaudit.report.ReportWriter;
import io.jobaudit.report.subject.ReportProperties;
import io.jobaudit.store.SmartJobStores;
import io.jobaudit.store.StoreProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the work between runs. */
@Configuration(proxyBeanMethods = false)
class UpkeepConfiguration {

	@Bean
	MonthCloseLauncher monthCloseLauncher(Ledger ledger, PriceLoader prices, MonthClosing months, ReportWriter reports,
			PlatformTransactionManager transactions, StoreProperties store, ReportProperties report) {
		return new MonthCloseLauncher(ledger, prices, months, reports, new TransactionTemplate(transactions),
				store.account(), report);
	}

	@Bean
	RenormalizeLauncher renormalizeLauncher(Ledger ledger, Runs runs, SmartJobStores stores,
			PlatformTransactionManager transactions, StoreProperties store) {
		return new RenormalizeLauncher(ledger, runs, stores, new TransactionTemplate(transactions), store.account());
	}

	@Bean
	PurgeLauncher purgeLauncher(Ledger ledger, DataSource dataSource, StoreProperties store, Clock clock) {
		return new PurgeLauncher(ledger, new RowPurge(dataSource), store.account(), clock);
	}

}
