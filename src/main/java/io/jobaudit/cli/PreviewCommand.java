package io.jobaudit.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeMap;

import io.jobaudit.ExitStatus;
import io.jobaudit.PrintableText;
import io.jobaudit.batch.StopRequest;
import io.jobaudit.fetch.AccountClient;
import io.jobaudit.ids.InputLine.RejectedLine;
import io.jobaudit.ids.InputLine.RequestedId;
import io.jobaudit.normalize.SmartJob;
import io.jobaudit.preview.Preview;
import io.jobaudit.preview.Preview.PreviewCounts;
import io.jobaudit.preview.Preview.PreviewedJob;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what a run would do. */
@Command(name = "preview",
		description = "Shows what a run would do: reads the ids, queries the first few, and writes nothing.")
final class PreviewCommand extends AuditCommand {

	@ArgGroup(multiplicity = "1")
	private IdSource ids = new IdSource();

	@Mixin
	private CsvOptions csv = new CsvOptions();

	@Option(names = "--limit", paramLabel = "N", defaultValue = "5",
			description = "Number of ids to show and query; 0 makes no call. Default: ${DEFAULT-VALUE}.")
	private int limit;

	@Option(names = "--refetch", description = "Count calls as run --refetch would make them.")
	private boolean refetch;

	@Override
	public Integer call() throws Exception {
		IdSource.Ids opened = this.ids.open(this.csv.hints());
		try (ConfigurableApplicationContext context = Application.start(settings(), true);
				AccountClient client = client(context)) {
			Preview preview = context.getBean(Preview.class);
			PreviewCounts counts = preview.read(opened.read(context, client, new StopRequest()),
					Math.max(this.limit, 0), this.refetch);
			print(counts, System.out);
			if (this.limit > 0 && !counts.first().isEmpty()) {
				System.out.println("\nanswers for the first " + counts.first().size());
				preview.ask(client, counts.first())
					.forEach((job) -> System.out.println("  " + PrintableText.of(text(job))));
			}
			return ExitStatus.COMPLETE.code();
		}
	}

	private static void print(PreviewCounts counts, PrintStream out) {
		out.println("first ids");
		for (RequestedId id : counts.first()) {
			out.println("  " + id.id()
					+ (id.labels().isEmpty() ? "" : "  " + PrintableText.of(new TreeMap<>(id.labels()).toString())));
		}
		out.print(ClosingText.line("lines", counts.lines()) + ClosingText.line("  distinct ids", counts.distinctIds())
				+ ClosingText.line("  duplicates", counts.duplicates())
				+ ClosingText.line("  malformed", counts.malformed()));
		for (RejectedLine line : counts.rejected()) {
			out.println("    " + line);
		}
		counts.warning().ifPresent((warning) -> out.println("  " + PrintableText.of(warning)));
		Duration duration = counts.duration();
		out.print(ClosingText.line("stored, final", counts.storedFinal()) + ClosingText.line("calls", counts.calls()));
		out.println("  " + ((duration != null) ? "about %s at %s calls/s"
			.formatted(duration.toString().substring(2).toLowerCase(Locale.ROOT), counts.rate())
				: "no rate limit is configured"));
	}

	private static String text(PreviewedJob previewed) {
		SmartJob job = previewed.job();
		if (job == null) {
			return "%s  %s  %s".formatted(previewed.id(), previewed.outcome(), previewed.error());
		}
		String tokens = (job.totalTokens() != null) ? job.totalTokens() + " tokens" : "tokens " + job.usageStatus();
		return "%s  %s  %s  %s  %s%s".formatted(previewed.id(), previewed.outcome(), job.state(), job.jobType(), tokens,
				(job.errorCode() != null) ? "  " + job.errorCode() + ": " + Objects.toString(job.errorMessage(), "")
						: "");
	}

}
