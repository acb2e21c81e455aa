package io.jobaudit.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

import io.jobaudit.ExitStatus;
import io.jobaudit.PrintableText;
import io.jobaudit.report.OldReports.RemovedReports;
import io.jobaudit.upkeep.PurgeLauncher;
import io.jobaudit.upkeep.PurgeLauncher.PurgeCounts;
import io.jobaudit.upkeep.PurgeLauncher.StoredSize;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Deletes old rows. */
@Command(name = "purge",
		description = "Deletes old runs and the jobs that no other run and no closed month refers to; run it as job_audit_owner.")
final class PurgeCommand extends AuditCommand {

	@Option(names = "--older-than", required = true, paramLabel = "AGE",
			description = "Delete runs that ended longer ago than this, e.g. 400d. The API forgets jobs after a year: they cannot be fetched again.")
	private Duration olderThan = Duration.ZERO;

	@Option(names = "--reports", paramLabel = "DIR",
			description = "Also remove the run-N directories of these runs from DIR. Files of closed months stay. Default: no directory is removed.")
	private @Nullable Path reports;

	@Option(names = "--dry-run",
			description = "Show what would be deleted, and what it and the tables take; delete nothing.")
	private boolean dryRun;

	@Mixin
	private JsonOption json = new JsonOption();

	@Override
	public Integer call() throws Exception {
		if (this.olderThan.toDays() < 1 || this.olderThan.toDays() > 36_500) {
			throw misuse("--older-than takes 1d to 36500d, e.g. 400d, but got " + this.olderThan, null);
		}
		if (this.reports != null && !Files.isDirectory(this.reports)) {
			throw misuse("--reports takes the directory that has the run-N directories, but there is none at "
					+ this.reports, null);
		}
		return run(settings(), (context, stop) -> {
			PurgeLauncher launcher = context.getBean(PurgeLauncher.class);
			Instant before = launcher.before(this.olderThan).truncatedTo(ChronoUnit.SECONDS);
			PurgeCounts counts = this.dryRun ? launcher.plan(before)
					: launcher.purge(before, () -> stop.reason() != null);
			RemovedReports removed = (this.reports != null)
					? launcher.removeReports(before, this.reports, this.dryRun, () -> stop.reason() != null) : null;
			boolean stopped = stop.reason() != null;
			StoredSize size = this.dryRun ? launcher.size() : null;
			Map<String, @Nullable Object> figures = figures(counts, before, stopped, size);
			figures.put("reports", removed);
			System.out.print(this.json.choose(figures,
					text(counts, before, stopped) + text(removed) + ((size != null) ? text(size) : "")));
			return stopped ? stop.status() : ExitStatus.COMPLETE;
		});
	}

	private Map<String, @Nullable Object> figures(PurgeCounts counts, Instant before, boolean stopped,
			@Nullable StoredSize size) {
		Map<String, @Nullable Object> figures = new LinkedHashMap<>();
		figures.put("endedBefore", before.toString());
		figures.put("dryRun", this.dryRun);
		figures.put("stopped", stopped);
		figures.put("purged", counts);
		figures.put("bytes", size);
		return figures;
	}

	private static String text(@Nullable RemovedReports removed) {
		if (removed == null) {
			return "reports on disk are kept; --reports DIR removes those of these runs\n";
		}
		StringBuilder text = new StringBuilder("reports\n");
		text.append(ClosingText.line("directories", removed.directories()));
		text.append(ClosingText.line("KB", removed.bytes() / 1024));
		removed.kept().forEach((kept) -> text.append("  kept ").append(PrintableText.of(kept)).append('\n'));
		return text.toString();
	}

	private static String text(StoredSize size) {
		long runs = Math.max(1, size.runs());
		return "the tables take now, in KB\n" + ClosingText.line("ids", size.ledger() / 1024)
				+ ClosingText.line("ids, per run", size.ledger() / 1024 / runs)
				+ ClosingText.line("jobs", size.jobs() / 1024)
				+ ClosingText.line("jobs, per run", size.jobs() / 1024 / runs);
	}

	private String text(PurgeCounts counts, Instant before, boolean stopped) {
		String heading = this.dryRun ? "Would be purged: runs that ended before %s\n"
				: stopped ? "Stopped while purging runs that ended before %s; run the same command again to resume\n"
						: "Purged: runs that ended before %s\n";
		String months = counts.openMonths().isEmpty() ? "" : "jobs by month of creation (none in a closed month)\n  "
				+ String.join("\n  ", counts.openMonths()) + "\n";
		return heading.formatted(before) + ClosingText.line("runs", counts.runs())
				+ ClosingText.line("ids", counts.ids()) + ClosingText.line("rejected lines", counts.rejectedLines())
				+ ClosingText.line("jobs", counts.jobs()) + ClosingText.line("changes", counts.changes()) + "kept\n"
				+ ClosingText.line("jobs, booked", counts.bookedJobs()) + months;
	}

}
