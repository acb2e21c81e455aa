package io.jobaudit.cli;

import java.util.stream.Collectors;

import io.jobaudit.ExitStatus;
import io.jobaudit.upkeep.RenormalizeLauncher;
import io.jobaudit.upkeep.RenormalizeLauncher.RenormalizeResult;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Reads stored answers again by today's rules. */
@Command(name = "renormalize",
		description = "Reads stored answers again after a release has changed how they are read; makes no API call and records every change.")
final class RenormalizeCommand extends AuditCommand {

	@Option(names = "--run", paramLabel = "N", description = "Only jobs of this run; default: all of the account.")
	private @Nullable Long run;

	@Option(names = "--dry-run", description = "Show what would change, and change nothing.")
	private boolean dryRun;

	@Override
	public Integer call() throws Exception {
		return run(settings(), (context, stop) -> {
			RenormalizeResult result = context.getBean(RenormalizeLauncher.class)
				.run((this.run != null) ? toRunId(this.run) : null, this.dryRun, () -> stop.reason() != null);
			boolean stopped = stop.reason() != null;
			System.out.print(text(result, stopped));
			return stopped ? stop.status() : ExitStatus.COMPLETE;
		});
	}

	private String text(RenormalizeResult result, boolean stopped) {
		String heading = this.dryRun ? "Would change (nothing is written)\n" : stopped
				? "Stopped early; run the same command again to resume\n" : "Stored answers were read again\n";
		return heading + ClosingText.line("jobs read", result.read())
				+ ClosingText.line("jobs changed", result.changed())
				+ result.columns()
					.entrySet()
					.stream()
					.map((column) -> ClosingText.line("  " + column.getKey(), column.getValue()))
					.collect(Collectors.joining())
				+ ClosingText.line("left unchanged", result.left());
	}

}
