package io.jobaudit.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;

import io.jobaudit.ExitStatus;
import io.jobaudit.batch.StopRequest.Reason;
import io.jobaudit.upkeep.PurgeCounts;
import io.jobaudit.upkeep.PurgeLauncher;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The end of old rows. */
@Command(name = "purge",
		description = "Deletes runs that ended long ago and the jobs that no other run and no closed month names; needs the right to delete, which job_audit_owner has.")
final class PurgeCommand implements Callable<Integer> {

	@Option(names = "--older-than", required = true, paramLabel = "AGE",
			description = "Age from which runs go, such as 400d; jobs younger than a year can be asked again, older ones never.")
	private String olderThan = "";

	@Option(names = "--dry-run", description = "Say what would be deleted, and delete nothing.")
	private boolean dryRun;

	private final List<String> settings;

	@Spec
	private CommandSpec spec = CommandSpec.create();

	PurgeCommand(List<String> settings) {
		this.settings = settings;
	}

	@Override
	public Integer call() throws Exception {
		Duration age = age();
		try (StopSignals stop = StopSignals.listen(null);
				ConfigurableApplicationContext context = Application.startLazily(this.settings)) {
			PurgeLauncher launcher = context.getBean(PurgeLauncher.class);
			Instant before = launcher.before(age).truncatedTo(ChronoUnit.SECONDS);
			PurgeCounts counts = this.dryRun ? launcher.plan(before)
					: launcher.purge(before, () -> stop.request().reason() != null);
			Reason stopped = stop.request().reason();
			System.out.print(text(counts, before, stopped != null));
			return (stopped != null) ? stopped.status().code() : ExitStatus.COMPLETE.code();
		}
	}

	private Duration age() {
		try {
			Duration age = DurationStyle.detectAndParse(this.olderThan);
			if (age.compareTo(Duration.ofDays(1)) >= 0) {
				return age;
			}
		}
		catch (IllegalArgumentException ex) {
			throw wrong(ex);
		}
		throw wrong(null);
	}

	private ParameterException wrong(@Nullable Throwable cause) {
		return new ParameterException(this.spec.commandLine(),
				"--older-than is a day or longer, such as 400d, but is " + this.olderThan, cause);
	}

	private String text(PurgeCounts counts, Instant before, boolean stopped) {
		String heading = this.dryRun ? "Would be purged: what ended before %s\n"
				: stopped ? "Stopped while purging what ended before %s; the same again goes on\n"
						: "Purged: what ended before %s\n";
		String months = counts.openMonths().isEmpty() ? ""
				: "jobs by month of creation (none of them is of a closed month)\n  "
						+ String.join("\n  ", counts.openMonths()) + "\n";
		return heading.formatted(before) + ClosingText.line("runs", counts.runs())
				+ ClosingText.line("ids", counts.ids()) + ClosingText.line("rejected lines", counts.rejectedLines())
				+ ClosingText.line("jobs", counts.jobs()) + ClosingText.line("changes", counts.changes()) + "kept\n"
				+ ClosingText.line("jobs, booked", counts.bookedJobs()) + months;
	}

}
