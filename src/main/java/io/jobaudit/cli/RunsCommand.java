package io.jobaudit.cli;

import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;

import io.jobaudit.Account;
import io.jobaudit.ExitStatus;
import io.jobaudit.RunId;
import io.jobaudit.ledger.RunHistory;
import io.jobaudit.ledger.RunRecord;
import io.jobaudit.ledger.Runs;
import io.jobaudit.report.subject.ReportProperties;
import io.jobaudit.store.StoreProperties;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists runs. */
@Command(name = "runs", description = "Lists the last runs with input, outcomes, exit code and reports.",
		subcommands = RunsCommand.Show.class)
final class RunsCommand implements Callable<Integer> {

	@Option(names = "--limit", paramLabel = "N", defaultValue = "20",
			description = "Number of runs to list. Default: ${DEFAULT-VALUE}.")
	private int limit;

	@Option(names = "--json", description = "Print a JSON array.")
	private boolean json;

	private final List<String> settings;

	RunsCommand(List<String> settings) {
		this.settings = settings;
	}

	@Override
	public Integer call() {
		try (ConfigurableApplicationContext context = Application.startLazily(this.settings)) {
			Account account = context.getBean(StoreProperties.class).account();
			List<RunRecord> runs = context.getBean(RunHistory.class).last(account, Math.max(this.limit, 1));
			ZoneId zone = context.getBean(ReportProperties.class).zone();
			System.out.print(this.json ? RunsJson.of(runs) : RunsText.list(runs, account, zone));
			return ExitStatus.COMPLETE.code();
		}
	}

	/** One run. */
	@Command(name = "show", description = "Shows everything about one run.")
	static final class Show implements Callable<Integer> {

		@Parameters(paramLabel = "N", description = "Number of the run.")
		private long run;

		@Option(names = "--json", description = "Print a JSON object.")
		private boolean json;

		private final List<String> settings;

		Show(List<String> settings) {
			this.settings = settings;
		}

		@Override
		public Integer call() {
			try (ConfigurableApplicationContext context = Application.startLazily(this.settings)) {
				Account account = context.getBean(StoreProperties.class).account();
				RunHistory history = context.getBean(RunHistory.class);
				RunRecord found = history.find(account, RunNumber.toRunId(this.run))
					.orElseThrow(() -> Runs.unknown(account, new RunId(this.run)));
				System.out.print(this.json ? RunsJson.of(found)
						: RunsText.one(found, history, context.getBean(ReportProperties.class).zone()));
				return ExitStatus.COMPLETE.code();
			}
		}

	}

}
