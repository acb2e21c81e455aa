package io.jobaudit.cluster;

import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.Map;

import io.jobaudit.Account;
import io.jobaudit.AuditException;
import io.jobaudit.ExitStatus;
import io.jobaudit.cluster.NightSummary.AccountResult;
import io.jobaudit.cluster.NightSummary.NightReport;
import io.jobaudit.report.ReportWriter;
import io.jobaudit.report.csv.FocusProperties;
import io.jobaudit.report.subject.ReportPeriod;
import io.jobaudit.report.subject.ReportWatch;
import io.jobaudit.store.FailureStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the reports about all accounts of a night, as {@code report --accounts} does.
 *
 * @param own the account in the settings, to which the uid in the settings belongs
 */
record NightReports(ReportWriter writer, FocusProperties focus, Account own) {

	private static final Logger LOG = LoggerFactory.getLogger(NightReports.class);

	/**
	 * Writes the reports about the month of the day before the night, so that the first
	 * night of a month completes the month before.
	 */
	NightReport write(NightSummary night, ReportWatch watch) {
		Map<Account, FocusProperties> accounts = new LinkedHashMap<>();
		night.accounts()
			.stream()
			.map(AccountResult::account)
			.forEach((account) -> accounts.put(account.account(), this.focus.of(account.account(), this.own)));
		try {
			return new NightReport(
					this.writer.write(ReportPeriod.of(YearMonth.from(night.day().minusDays(1))), accounts, watch)
						.directory()
						.toString(),
					ExitStatus.COMPLETE, null);
		}
		catch (AuditException ex) {
			if (watch.isStopping()) {
				throw ex;
			}
			LOG.error("Night {}: cannot write the reports about all accounts: {}", night.night(), ex.getMessage());
			return new NightReport(null, FailureStatus.of(ex), ex.getMessage());
		}
	}

}
