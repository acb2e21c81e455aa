package io.jobaudit.batch;

import java.time.ZoneId;

import io.jobaudit.Account;
import io.jobaudit.billing.PriceLoader;
import io.jobaudit.fetch.SmartJobFetch;
import io.jobaudit.report.ReportWriter;

/**
 * What must be right before a run is opened: credentials, report queries, prices.
 *
 * @param fetch has the credentials
 * @param reports have the queries
 * @param prices loads the prices that the reports will name
 * @param account whose prices
 * @param zone zone of the prices' days
 */
record Preconditions(SmartJobFetch fetch, ReportWriter reports, PriceLoader prices, Account account, ZoneId zone) {

	/** Checks what needs no lock. */
	void check() {
		this.fetch.requireCredentials();
		this.reports.requireUsableQueries();
	}

	/** Loads the prices; called under the run's lock. */
	void loadPrices() {
		this.prices.load(this.account, this.zone);
	}

}
