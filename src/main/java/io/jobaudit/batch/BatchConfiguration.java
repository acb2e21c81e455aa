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
import io.jobaudit.report.ReportWriter;
import io.jobaudit.report.subject.ReportProperties;
import io.jobaudit.store.SmartJobStores;
import io.jobaudit.store.StoreProperties;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.transaction.PlatformTransactionManager;

/** Assembles the job; the steps run in the order of their numbers. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CompletenessProperties.class)
class BatchConfiguration {

	@Bean
	GuardedSteps guardedSteps(JobRepository repository, PlatformTransactionManager transactions, Ledger ledger) {
		return new GuardedSteps(repository, transactions, ledger);
	}

	@Bean
	@Order(1)
	ImportStep importStep(GuardedSteps steps, Ledger ledger, Runs runs) {
		return new ImportStep(steps, ledger, runs);
	}

	@Bean
	@Order(2)
	CloseImportStep closeImportStep(GuardedSteps steps, Runs runs) {
		return new CloseImportStep(steps, runs);
	}

	@Bean
	@Order(3)
	FetchStep fetchStep(GuardedSteps steps, Ledger ledger, Runs runs, SmartJobFetch fetch, SmartJobStores stores,
			StoreProperties store) {
		return new FetchStep(steps, ledger, runs, fetch, stores, store.store());
	}

	@Bean
	@Order(4)
	ListStep listStep(GuardedSteps steps, SmartJobFetch fetch, ListedJobs listed, Runs runs,
			CompletenessProperties completeness) {
		return new ListStep(steps, fetch, listed, runs, completeness);
	}

	@Bean
	@Order(5)
	CloseStep closeStep(GuardedSteps steps, Runs runs, LimitsProperties limits) {
		return new CloseStep(steps, runs, limits);
	}

	@Bean
	@Order(6)
	ReportStep reportStep(GuardedSteps steps, Runs runs, ReportWriter reports) {
		return new ReportStep(steps, runs, reports);
	}

	@Bean
	AuditJob auditJob(JobOperator operator, JobRepository repository, List<RunStep> steps, Runs runs) {
		return new AuditJob(operator, repository, steps, runs);
	}

	@Bean
	Preconditions preconditions(SmartJobFetch fetch, ReportWriter reports, PriceLoader prices, StoreProperties store,
			ReportProperties report) {
		return new Preconditions(fetch, reports, prices, store.account(), report.zone());
	}

	@Bean
	RunLifecycle runLifecycle(Runs runs, ReportWriter reports, SmartJobFetch fetch, ApiProperties api,
			StoreProperties store, LimitsProperties limits) {
		return new RunLifecycle(runs, reports, fetch, api, store, limits);
	}

	@Bean
	DatabaseWait databaseWait(Ledger ledger, StoreProperties store, Clock clock) {
		return new DatabaseWait(ledger, store.store().outagePatience(), clock);
	}

	@Bean
	AuditLauncher auditLauncher(AuditJob job, Ledger ledger, Preconditions preconditions, RunLifecycle lifecycle,
			DatabaseWait databaseWait, List<RunObserver> observers) {
		return new AuditLauncher(job, ledger, preconditions, lifecycle, databaseWait, new RunObservers(observers));
	}

}
