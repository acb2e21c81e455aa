package io.jobaudit.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import io.jobaudit.batch.AuditLauncher;
import io.jobaudit.batch.AuditRequest;
import io.jobaudit.batch.AuditResult;
import io.jobaudit.batch.StopRequest;
import io.jobaudit.cli.terminal.Version;
import io.jobaudit.fetch.ListingStoppedException;
import io.jobaudit.ledger.ParentRun;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** One audit. */
@Command(name = "run",
		description = "Audits the jobs of a list of ids; goes on with an unfinished run of the same input.")
final class RunCommand implements Callable<Integer> {

	@ArgGroup(multiplicity = "1")
	private IdSource ids = new IdSource();

	@Option(names = "--id-column", paramLabel = "NAME",
			description = "Column that holds the ids, by name or number; default: job_id, jobid, JobId or id, or the only one.")
	private @Nullable String idColumn;

	@Option(names = "--reports", paramLabel = "DIR", description = "Where reports go; default: audit.report.directory.")
	private @Nullable Path reports;

	@Option(names = "--refetch", description = "Ask again for jobs that are stored in a final state.")
	private boolean refetch;

	@Option(names = "--fresh", description = "Begin anew although the same input has an unfinished run.")
	private boolean fresh;

	@Option(names = "--max-runtime", paramLabel = "DURATION",
			description = "Stop politely after this long, such as 2h; run again to go on.")
	private @Nullable String maxRuntime;

	@ParentCommand
	private JobAudit program = new JobAudit();

	@Option(names = "--completeness",
			description = "Hold the run against all jobs that the API lists; as audit.completeness.enabled.")
	private boolean completeness;

	private final List<String> settings;

	RunCommand(List<String> settings) {
		this.settings = settings;
	}

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Override
	public Integer call() throws Exception {
		List<String> all = new ArrayList<>(this.settings);
		if (this.reports != null) {
			all.add("--audit.report.directory=" + this.reports);
		}
		if (this.completeness) {
			all.add("--audit.completeness.enabled=true");
		}
		try (StopSignals stop = StopSignals.listen(runtime())) {
			return run(all, this.ids, this.idColumn, this.refetch, this.fresh, stop.request(), this.program);
		}
	}

	private @Nullable Duration runtime() {
		try {
			return (this.maxRuntime != null) ? DurationStyle.detectAndParse(this.maxRuntime) : null;
		}
		catch (IllegalArgumentException ex) {
			throw new ParameterException(this.spec.commandLine(),
					"--max-runtime is a duration such as 90m or 2h, but is " + this.maxRuntime, ex);
		}
	}

	/** Runs an audit, prints how it ended and gives its exit code. */
	static int run(List<String> settings, IdSource source, @Nullable String idColumn, boolean refetch, boolean fresh,
			StopRequest stop, JobAudit program) throws Exception {
		ParentRun lineage = source.lineage();
		boolean askAll = refetch || (lineage != null && lineage.part().isRefetched());
		IdSource.Ids ids = StartupFailureNotifier.onFailure(settings, stop, () -> source.open(idColumn));
		try (ConfigurableApplicationContext context = StartupFailureNotifier.onFailure(settings, stop,
				() -> Application.start(settings))) {
			AuditResult result = context.getBean(AuditLauncher.class)
				.run(() -> new AuditRequest(ids.read(context, stop), lineage, askAll, fresh, stop), Version.current(),
						stop);
			program.print(ClosingText.of(result, program.colours()), result.status());
			return (result.failure() != null) ? Failures.report(result.failure()) : result.status().code();
		}
		catch (ListingStoppedException ex) {
			Failures.say(String.valueOf(ex.getMessage()));
			return stop.status().code();
		}
	}

}
