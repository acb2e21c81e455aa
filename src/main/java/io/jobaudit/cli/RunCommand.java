package io.jobaudit.cli;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;

import io.jobaudit.Account;
import io.jobaudit.ExitStatus;
import io.jobaudit.batch.AuditLauncher;
import io.jobaudit.batch.AuditLauncher.AuditRequest;
import io.jobaudit.batch.AuditLauncher.AuditResult;
import io.jobaudit.batch.StopRequest;
import io.jobaudit.cli.RunsCommand.RunsJson;
import io.jobaudit.cli.terminal.Version;
import io.jobaudit.cluster.Worker;
import io.jobaudit.fetch.JobListing.ListingStoppedException;
import io.jobaudit.ids.CsvHints;
import io.jobaudit.ledger.AuditRun;
import io.jobaudit.ledger.ParentRun;
import io.jobaudit.ledger.RunHistory;
import io.jobaudit.report.subject.ReportProperties;
import io.jobaudit.store.StoreProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs one audit. */
@Command(name = "run", description = "Audits a list of job ids; resumes an unfinished run of the same input.")
final class RunCommand extends AuditCommand {

	@ArgGroup(multiplicity = "1")
	private IdSource ids = new IdSource();

	@Mixin
	private CsvOptions csv = new CsvOptions();

	@Mixin
	private Reports reports = new Reports();

	@Option(names = "--refetch", description = "Fetch jobs again that are stored in a final state.")
	private boolean refetch;

	@Option(names = "--fresh", description = "Start a new run even if one of the same input is unfinished.")
	private boolean fresh;

	@Option(names = "--spread",
			description = "Share the run with all workers of this database; this process works on it, too.")
	private boolean spread;

	@Option(names = "--detach",
			description = "With --spread: end after the import, print the number of the run, and leave the rest to workers.")
	private boolean detach;

	@Option(names = "--max-runtime", paramLabel = "DURATION",
			description = "Stop gracefully after this time, e.g. 2h; run again to resume.")
	private @Nullable Duration maxRuntime;

	@Option(names = "--until", paramLabel = "TIME",
			description = "Stop gracefully at the next such time of day in audit.report.zone, e.g. 06:00.")
	private @Nullable LocalTime until;

	@Option(names = "--completeness",
			description = "Compare the run with all jobs that the API lists (audit.completeness.enabled).")
	private boolean completeness;

	@Option(names = "--embedded",
			description = "Use the embedded database without a warning (audit.embedded-database=allow).")
	private boolean embedded;

	@Mixin
	private JsonOption json = new JsonOption();

	@Override
	public Integer call() throws Exception {
		if (this.detach && !this.spread) {
			throw misuse("--detach needs --spread", null);
		}
		List<String> all = this.reports.with(settings());
		if (this.embedded) {
			all.add("--audit.embedded-database=allow");
		}
		if (this.completeness) {
			all.add("--audit.completeness.enabled=true");
		}
		try (StopSignals stop = StopSignals.listen(this.maxRuntime)) {
			if (this.until != null) {
				stop.at(this.until, StartupFailureNotifier.onFailure(all, stop.request(), () -> now(all)));
			}
			Choices choices = new Choices(this.refetch, this.fresh, this.json.isWanted());
			return this.spread ? spread(all, choices, stop.request())
					: run(all, this.ids, this.csv.hints(), choices, stop.request(), program());
		}
	}

	/** Shares the run, and does parts of it until it has ended or this process stops. */
	private int spread(List<String> settings, Choices choices, StopRequest stop) throws Exception {
		IdSource.Ids source = StartupFailureNotifier.onFailure(settings, stop, () -> this.ids.open(this.csv.hints()));
		ParentRun lineage = this.ids.lineage();
		boolean askAll = choices.refetch || (lineage != null && lineage.part().isRefetched());
		try (ConfigurableApplicationContext context = StartupFailureNotifier.onFailure(settings, stop,
				() -> Application.start(settings, true));
				Worker worker = new SharedWork(context, stop)
					.of((client, requested) -> new AuditRequest(source.read(context, client, requested), lineage,
							askAll, choices.fresh, requested))) {
			AuditRun run = worker.share();
			if (this.detach) {
				program().print(run.runId() + "\n", ExitStatus.COMPLETE);
				return ExitStatus.COMPLETE.code();
			}
			worker.start();
			while (worker.isInProgress(run.runId()) && stop.reason() == null) {
				worker.pause();
			}
			AuditResult result = worker.result(run);
			program().print(choices.json ? json(context, result) : text(context, result, choices, program()),
					result.status());
			if (result.failure() != null) {
				Failures.say("%s (exit %d)".formatted(result.failure().getMessage(), result.status().code()));
			}
			return result.status().code();
		}
		catch (ListingStoppedException ex) {
			Failures.say(String.valueOf(ex.getMessage()));
			return stop.status().code();
		}
	}

	/** The time in the zone of the reports. */
	private static ZonedDateTime now(List<String> settings) {
		Environment environment = Application.environment(settings);
		return ZonedDateTime.now(Binder.get(environment).bindOrCreate("audit.report", ReportProperties.class).zone());
	}

	/** Runs an audit, prints how it ended and gives its exit code. */
	static int run(List<String> settings, IdSource source, CsvHints hints, Choices choices, StopRequest stop,
			JobAudit program) throws Exception {
		IdSource.Ids ids = StartupFailureNotifier.onFailure(settings, stop, () -> source.open(hints));
		ParentRun lineage = source.lineage();
		boolean askAll = choices.refetch || (lineage != null && lineage.part().isRefetched());
		try (ConfigurableApplicationContext context = StartupFailureNotifier.onFailure(settings, stop,
				() -> Application.start(settings, false))) {
			AuditResult result = context.getBean(AuditLauncher.class)
				.run((client) -> new AuditRequest(ids.read(context, client, stop), lineage, askAll, choices.fresh,
						stop), Version.current(), stop);
			program.print(choices.json ? json(context, result) : text(context, result, choices, program),
					result.status());
			return (result.failure() != null) ? Failures.report(result.failure()) : result.status().code();
		}
		catch (ListingStoppedException ex) {
			Failures.say(String.valueOf(ex.getMessage()));
			return stop.status().code();
		}
	}

	private static String text(ApplicationContext context, AuditResult result, Choices choices, JobAudit program) {
		Optional<String> embedded = context.getBean(StoreProperties.class).embeddedNote(context.getEnvironment());
		return ClosingText.of(result, choices.fresh, embedded, program.colours());
	}

	/**
	 * Empty for a failure: the database may be unavailable, and standard error has the
	 * reason.
	 */
	private static String json(ApplicationContext context, AuditResult result) {
		Account account = context.getBean(StoreProperties.class).account();
		return (result.failure() != null) ? ""
				: context.getBean(RunHistory.class).find(account, result.run().runId()).map(RunsJson::of).orElseThrow();
	}

	/**
	 * What a run does, and the form of its result.
	 *
	 * @param json whether its result is printed as JSON
	 */
	record Choices(boolean refetch, boolean fresh, boolean json) {
	}

}
