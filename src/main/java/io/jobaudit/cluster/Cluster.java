package io.jobaudit.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.zaxxer.hikari.HikariDataSource;
import io.jobaudit.Account;
import io.jobaudit.batch.AuditedAccount;
import io.jobaudit.batch.PartLauncher;
import io.jobaudit.batch.PartLauncher.Sharing;
import io.jobaudit.batch.StopRequest;
import io.jobaudit.ledger.Ledger;
import io.jobaudit.ledger.SharedRuns;
import io.jobaudit.notify.Notifier;
import io.jobaudit.report.ReportWriter;
import io.jobaudit.report.csv.FocusProperties;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Creates the workers of a database. No process manages the others: the engine,
 * db-scheduler, gives the tasks of dead processes to other processes. Lazy, because a run
 * of one process does not need it.
 */
@Lazy
public record Cluster(DataSource dataSource, JdbcClient jdbc, TransactionOperations transactions, Ledger ledger,
		PartLauncher launcher, SharedRuns shared, Nights nights, NightSummaries summaries, Notifier notifier,
		ScaleProperties scale, ReportWriter writer, FocusProperties focus) {

	/** Connections for polling, heartbeats, and queries of a command. */
	private static final int OWN_CONNECTIONS = 4;

	private static final int CONNECTIONS_OF_A_TASK = 4;

	/** The account in the settings, with ids from a command. */
	public WorkerAccount account(WorkerAccount.NightIds ids) {
		return new WorkerAccount(this.launcher.account(), ids);
	}

	/**
	 * Creates a worker. The caller starts and closes it.
	 * @param reports directory of the reports
	 */
	public Worker worker(Collection<WorkerAccount> accounts, Path reports, String version, StopRequest stop) {
		makeRoom();
		ServerClock clock = ServerClock.of(this.jdbc);
		String node = this.scale.uniqueNode();
		TaskRunner runner = new TaskRunner(node, stop, clock);
		List<Task<?>> tasks = new ArrayList<>();
		for (WorkerAccount account : accounts) {
			tasks.addAll(tasks(runner, account, version));
		}
		tasks.add(runner.task(TaskKind.NIGHT,
				new NightTask(this.nights, this.summaries, nightReports(), this.notifier, reports)));
		Scheduler engine = Engine.of(this.dataSource, tasks, this.scale, node, clock);
		Map<Account, AuditedAccount> audited = accounts.stream()
			.map(WorkerAccount::audited)
			.collect(Collectors.toMap(AuditedAccount::account, Function.identity()));
		return new Worker(this, List.copyOf(accounts), version, stop, engine,
				new ObservedWork(this, audited, engine, runner), clock);
	}

	private NightReports nightReports() {
		return new NightReports(this.writer, this.focus, this.launcher.account().account());
	}

	private List<Task<?>> tasks(TaskRunner runner, WorkerAccount account, String version) {
		Account name = account.audited().account();
		return List.of(
				runner.task(TaskKind.IMPORT.task(name),
						new ImportTask(account, this.launcher, this.shared, sharing(account.audited()), this.nights,
								this.notifier, version)),
				runner.task(TaskKind.FETCH.task(name),
						new FetchTask(account, this.launcher, this.shared, this.ledger, this.transactions,
								this.scale.lease())),
				runner.task(TaskKind.CLOSE.task(name),
						new CloseTask(account, this.launcher, this.shared, this.nights, this.notifier)));
	}

	/**
	 * Enlarges the connection pool if it is too small: each task needs its own
	 * connections.
	 */
	private void makeRoom() {
		if (this.dataSource instanceof HikariDataSource pool) {
			int needed = OWN_CONNECTIONS + CONNECTIONS_OF_A_TASK * this.scale.parts();
			pool.setMaximumPoolSize(Math.max(pool.getMaximumPoolSize(), needed));
		}
	}

	Sharing sharing(AuditedAccount account) {
		return new Sharing(this.scale.lanes(account.api()), this.scale.partSize());
	}

	/** Whether any task is left for an account, or a task without an account. */
	boolean hasTasks(Account account) {
		return this.jdbc.sql("select exists (select from audit.scheduled_tasks where task_name in (:names))")
			.param("names",
					List.of(TaskKind.IMPORT.task(account), TaskKind.FETCH.task(account), TaskKind.CLOSE.task(account),
							TaskKind.NIGHT))
			.query(Boolean.class)
			.single();
	}

	/** Whether a process holds the lock of an account. */
	boolean isLocked(Account account) {
		return Ledger.lockHolder(this.jdbc, account).isPresent();
	}

}
