package io.jobaudit.batch;

import java.time.Clock;
import java.util.List;

import io.jobaudit.billing.PriceLoader;
import io.jobaudit.fetch.SmartJobFetch;
import io.jobaudit.fetch.api.ApiProperties;
import io.jobaudit.ledger.Ledger;
import io.jobaudit.ledger.LimitsProperties;
import io.jobaudit.ledger.ListedJobs;
import io.jobaudit.ledger.Runs;
import io.jobaudit.normalize.SmartJobNormalizer;
import io.jobaudit.report.ReportWriter;
import io.jobaudit.report.subject.ReportProperties;
import io.jobaudit.store.SmartJobStores;
import io.jobaudit.store.StoreProperties;
import io.jobaudit.store.StoreProperties.AiResultStorage;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/** The job on the application's job repository. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CompletenessProperties.class)
class BatchConfiguration {

	@Bean
	Clock clock() {
		return Clock.systemUTC();
	}

	@Bean
	AuditSteps auditSteps(JobRepository repository, PlatformTransactionManager transactions, Ledger ledger, Runs runs,
			ListedJobs listings, SmartJobFetch fetch, SmartJobStores stores, StoreProperties store,
			LimitsProperties limits, ReportWriter reports) {
		SmartJobNormalizer normalizer = new SmartJobNormalizer(store.store().aiResult() == AiResultStorage.KEEP);
		return new AuditSteps(repository, transactions, ledger, runs, listings, fetch, normalizer, stores, store,
				limits, reports);
	}

	@Bean
	AuditLauncher auditLauncher(JobOperator operator, JobRepository repository, AuditSteps steps, Ledger ledger,
			Runs runs, SmartJobFetch fetch, ReportWriter reports, PriceLoader prices, ReportProperties report,
			ApiProperties api, StoreProperties store, LimitsProperties limits, CompletenessProperties completeness,
			Clock clock, List<RunObserver> observers) {
		AuditJob job = new AuditJob(operator, repository, steps, completeness.enabled());
		DatabaseWait wait = new DatabaseWait(ledger, store.store().outagePatience(), clock);
		return new AuditLauncher(job, ledger, runs, fetch, reports, () -> prices.load(store.account(), report.zone()),
				wait, api, store, limits, new RunObservers(observers));
	}

}
