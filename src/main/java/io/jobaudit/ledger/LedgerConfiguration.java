package io.jobaudit.ledger;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The ledger on the application's database. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LimitsProperties.class)
@Import({ Runs.class, ListedJobs.class, Ledger.class, RunSubsets.class, RunHistory.class, JobHistory.class,
		SharedRuns.class })
class LedgerConfiguration {

}
