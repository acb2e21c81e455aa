package io.jobaudit.cli;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.jobaudit.Account;
import io.jobaudit.ExitStatus;
import io.jobaudit.RunId;
import io.jobaudit.batch.RunAbandonment;
import io.jobaudit.batch.StopRequest;
import io.jobaudit.cluster.NightSummaries;
import io.jobaudit.cluster.NightSummary;
import io.jobaudit.ledger.JobHistory;
import io.jobaudit.ledger.JobHistory.FoundJob;
import io.jobaudit.ledger.RunHistory;
import io.jobaudit.ledger.RunRecord;
import io.jobaudit.ledger.Runs;
import io.jobaudit.ledger.SharedRuns;
import io.jobaudit.report.subject.ReportProperties;
import io.jobaudit.store.StoreProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists runs. */
@Command(name = "runs", description = "Lists the last runs with input, outcomes, exit code and reports.",
		subcommands = { RunsCommand.Show.class, RunsCommand.OfJob.class, RunsCommand.Abandon.class })
final class RunsCommand extends AuditCommand {

	@Option(names = "--limit", paramLabel = "N", defaultValue = "20",
			description = "Number of runs to list. Default: ${DEFAULT-VALUE}.")
	private int limit;

	@Option(names = "--night", paramLabel = "N", description = "Show the accounts of a night instead.")
	private @Nullable Long night;

	@Option(names = "--json", description = "Print a JSON array.")
	private boolean json;

	@Override
	public Integer call() {
		if (this.limit < 1) {
			throw misuse("--limit takes 1 or more, but got " + this.limit, null);
		}
		try (ConfigurableApplicationContext context = Application.start(settings(), true)) {
			if (this.night != null) {
				NightSummary summary = context.getBean(NightSummaries.class).of(this.night);
				System.out.print(this.json ? summary.json() : NightText.of(summary, summary.status()));
				return ExitStatus.COMPLETE.code();
			}
			Account account = context.getBean(StoreProperties.class).account();
			List<RunRecord> runs = context.getBean(RunHistory.class).last(account, this.limit);
			ZoneId zone = context.getBean(ReportProperties.class).zone();
			System.out.print(this.json ? RunsJson.of(runs) : RunsText.list(runs, account, zone));
			return ExitStatus.COMPLETE.code();
		}
	}

	@Command(name = "show", description = "Shows everything about one run.")
	static final class Show extends AuditCommand {

		@Parameters(paramLabel = "N", description = "Number of the run.")
		private long run;

		@Option(names = "--follow", description = "Print the progress of a shared run until it has ended.")
		private boolean follow;

		@Option(names = "--json", description = "Print a JSON object.")
		private boolean json;

		@Override
		public Integer call() throws Exception {
			return run(settings(), (context, stop) -> {
				if (this.follow) {
					follow(context.getBean(SharedRuns.class), toRunId(this.run), stop);
				}
				Account account = context.getBean(StoreProperties.class).account();
				RunHistory history = context.getBean(RunHistory.class);
				RunRecord found = history.find(account, toRunId(this.run))
					.orElseThrow(() -> Runs.unknown(account, new RunId(this.run)));
				System.out.print(this.json ? RunsJson.of(found)
						: RunsText.one(found, history, context.getBean(ReportProperties.class).zone()));
				return ExitStatus.COMPLETE;
			});
		}

		/** Works on any machine. A run of one process has no parts to show. */
		private static void follow(SharedRuns shared, RunId run, StopRequest stop) throws InterruptedException {
			String last = "";
			while (stop.reason() == null && shared.isInProgress(run)) {
				SharedRuns.PartProgress progress = shared.progress(run);
				String line = "%,d of %,d parts fetched, %,d taken over from workers that died; in progress: %s%n"
					.formatted(progress.finished(), progress.parts(), progress.losses(), progress.held());
				if (!line.equals(last)) {
					System.out.print(line);
					last = line;
				}
				TimeUnit.SECONDS.sleep(1);
			}
		}

	}

	/**
	 * Reads only views, so that the role job_audit_reader may run it, which cannot read
	 * the version of the tables.
	 */
	@Command(name = "job",
			description = "Shows what became of a job in each run, and how it is booked; job_audit_reader may run it.")
	static final class OfJob extends AuditCommand {

		@Parameters(paramLabel = "ID", description = "Id of the job.")
		private String jobId = "";

		@Option(names = "--limit", paramLabel = "N", defaultValue = "50",
				description = "Number of the last runs to search for the job when it was unchanged. Default: ${DEFAULT-VALUE}. Runs that stored or changed it, or did not find it, are always shown.")
		private int limit;

		@Mixin
		private JsonOption json = new JsonOption();

		@Override
		public Integer call() {
			if (this.limit < 1) {
				throw misuse("--limit takes 1 or more, but got " + this.limit, null);
			}
			List<String> settings = new ArrayList<>(settings());
			settings.add("--spring.flyway.enabled=false");
			try (ConfigurableApplicationContext context = Application.start(settings, true)) {
				ReportProperties report = context.getBean(ReportProperties.class);
				FoundJob found = context.getBean(JobHistory.class)
					.find(context.getBean(StoreProperties.class).account(), this.jobId, report.groupBy(), report.zone(),
							this.limit);
				System.out.print(this.json.choose(figures(found), JobText.of(found, report.zone())));
				return ExitStatus.COMPLETE.code();
			}
		}

		private static Map<String, @Nullable Object> figures(FoundJob found) {
			Map<String, @Nullable Object> figures = new LinkedHashMap<>();
			figures.put("account", found.account());
			figures.put("jobId", found.jobId());
			figures.put("job", found.job().orElse(null));
			figures.put("booking", found.booking().orElse(null));
			figures.put("corrections", found.corrections());
			figures.put("runs", found.runs());
			return figures;
		}

	}

	@Command(name = "abandon",
			description = "Gives up an unfinished run: the same command then begins a new run instead of resuming it.")
	static final class Abandon extends AuditCommand {

		@Parameters(paramLabel = "N", description = "Number of the run.")
		private long run;

		@Option(names = "--json", description = "Print the run as a JSON object.")
		private boolean json;

		@Override
		public Integer call() throws Exception {
			RunId runId = toRunId(this.run);
			return run(settings(), (context, stop) -> {
				RunRecord run = context.getBean(RunAbandonment.class).abandon(runId);
				program().print(this.json ? RunsJson.of(run) : RunsText.abandoned(run), ExitStatus.COMPLETE);
				return ExitStatus.COMPLETE;
			});
		}

	}

	/** Runs for programs, with the names of {@code run-summary.json}. */
	static final class RunsJson {

		private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

		static String of(List<RunRecord> runs) {
			ArrayNode all = JSON.createArrayNode();
			runs.forEach((run) -> all.add(object(run)));
			return JSON.writeValueAsString(all) + "\n";
		}

		static String of(RunRecord run) {
			return JSON.writeValueAsString(object(run)) + "\n";
		}

		private static ObjectNode object(RunRecord run) {
			ObjectNode json = JSON.createObjectNode();
			json.put("run", run.run().value()).put("status", run.status()).put("exitCode", run.exitCode());
			json.put("account", run.account().name()).put("region", run.region()).put("version", run.version());
			json.put("startedAt", run.startedAt().toString()).put("finishedAt", text(run.finishedAt()));
			ObjectNode input = json.putObject("input");
			input.put("source", run.source()).put("sha256", run.sha256()).put("lines", run.lines());
			input.put("distinct", run.distinct()).put("duplicates", run.duplicates()).put("malformed", run.malformed());
			input.put("parent", (run.parentRun() != null) ? run.parentRun().value() : null);
			ObjectNode outcomes = json.putObject("outcomes");
			run.outcomes().forEach(outcomes::put);
			json.put("pending", run.pending());
			json.putObject("api")
				.put("calls", run.calls())
				.put("throttled", run.throttled())
				.put("retries", run.retries());
			return json.put("reports", run.reports())
				.put("abandonedAt", text(run.abandonedAt()))
				.put("purgedAt", text(run.purgedAt()));
		}

		private static @Nullable String text(@Nullable Object value) {
			return (value != null) ? value.toString() : null;
		}

	}

}
