package io.jobaudit.cluster;

import io.jobaudit.RunId;
import io.jobaudit.cluster.NightSummary.AccountResult;
import io.jobaudit.cluster.Nights.NightAccount;
import io.jobaudit.ids.BadInputException;
import io.jobaudit.ledger.Runs;

/** Reads the results of nights. */
public record NightSummaries(Nights nights, Runs runs) {

	/**
	 * The result of a night, or its state so far.
	 * @throws BadInputException when there is no such night
	 */
	public NightSummary of(long night) {
		return new NightSummary(night,
				this.nights.day(night)
					.orElseThrow(() -> new BadInputException(
							"night %d is unknown; job-audit night prints the number of each".formatted(night))),
				this.nights.accounts(night).stream().map(this::result).toList(),
				this.nights.accountsReport(night).orElse(null));
	}

	private AccountResult result(NightAccount account) {
		RunId run = account.run();
		return (run == null) ? new AccountResult(account, null, null)
				: new AccountResult(account, this.runs.statement(run), this.runs.reportDirectory(run));
	}

}
