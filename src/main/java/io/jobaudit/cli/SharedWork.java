package io.jobaudit.cli;

import java.nio.file.Path;
import java.util.List;

import io.jobaudit.Account;
import io.jobaudit.batch.AuditLauncher.AuditRequest;
import io.jobaudit.batch.AuditedAccount;
import io.jobaudit.batch.StopRequest;
import io.jobaudit.cli.AccountsFile.NamedAccount;
import io.jobaudit.cli.terminal.Version;
import io.jobaudit.cluster.Cluster;
import io.jobaudit.cluster.Worker;
import io.jobaudit.cluster.WorkerAccount;
import io.jobaudit.fetch.api.ApiProperties;
import io.jobaudit.ids.CsvHints;
import io.jobaudit.ledger.LimitsProperties;
import io.jobaudit.report.subject.ReportProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;

/** Makes the workers of the commands that share runs. */
record SharedWork(ApplicationContext context, StopRequest stop) {

	/**
	 * A worker for the accounts of a file.
	 * @param file null for the account of the settings
	 */
	Worker of(@Nullable Path file) {
		return of((file != null) ? accounts(file) : List.of(cluster().account((client, stop) -> {
			throw new IllegalStateException("the ids of a run are given by run --spread");
		})));
	}

	/** A worker for the account of the settings, with the ids of a command. */
	Worker of(WorkerAccount.NightIds ids) {
		return of(List.of(cluster().account(ids)));
	}

	private Worker of(List<WorkerAccount> accounts) {
		Path reports = this.context.getBean(ReportProperties.class).directory();
		return cluster().worker(accounts, reports, Version.current(), this.stop);
	}

	private Cluster cluster() {
		return this.context.getBean(Cluster.class);
	}

	private List<WorkerAccount> accounts(Path file) {
		return new AccountsFile(file)
			.read(this.context.getBean(ApiProperties.class), this.context.getBean(LimitsProperties.class))
			.stream()
			.map(this::account)
			.toList();
	}

	private WorkerAccount account(NamedAccount named) {
		AuditedAccount audited = new AuditedAccount(new Account(named.name()), named.api(),
				() -> named.credentials().source(named.reference()), named.limits());
		return new WorkerAccount(audited,
				(client, stop) -> new AuditRequest(named.ids().open(CsvHints.NONE).read(this.context, client, stop),
						null, false, false, stop));
	}

}
