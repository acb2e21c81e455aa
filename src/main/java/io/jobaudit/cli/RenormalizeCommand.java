package io.jobaudit.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import io.jobaudit.ExitStatus;
import io.jobaudit.batch.StopRequest.Reason;
import io.jobaudit.upkeep.RenormalizeLauncher;
import io.jobaudit.upkeep.RenormalizeResult;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Stored answers by the rules of today. */
@Command(name = "renormalize",
		description = "Reads stored answers anew, after a release has changed how they are read; asks no API, and logs what changes.")
final class RenormalizeCommand implements Callable<Integer> {

	@Option(names = "--run", paramLabel = "N", description = "Only jobs of this run; default: all of the account.")
	private @Nullable Long run;

	@Option(names = "--dry-run", description = "Say what would change, and change nothing.")
	private boolean dryRun;

	private final List<String> settings;

	RenormalizeCommand(List<String> settings) {
		this.settings = settings;
	}

	@Override
	public Integer call() throws Exception {
		try (StopSignals stop = StopSignals.listen(null);
				ConfigurableApplicationContext context = Application.startLazily(this.settings)) {
			RenormalizeResult result = context.getBean(RenormalizeLauncher.class)
				.run(this.run, this.dryRun, () -> stop.request().reason() != null);
			Reason stopped = stop.request().reason();
			System.out.print(text(result, stopped != null));
			return (stopped != null) ? stopped.status().code() : ExitStatus.COMPLETE.code();
		}
	}

	private String text(RenormalizeResult result, boolean stopped) {
		String heading = this.dryRun ? "Would change, nothing is written\n"
				: stopped ? "Stopped half-way; the same again goes on\n" : "Stored answers are read anew\n";
		return heading + ClosingText.line("jobs read", result.read())
				+ ClosingText.line("jobs changed", result.changed())
				+ result.columns()
					.entrySet()
					.stream()
					.map((column) -> ClosingText.line("  " + column.getKey(), column.getValue()))
					.collect(Collectors.joining())
				+ ClosingText.line("left as they are", result.left());
	}

}
