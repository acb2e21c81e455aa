package io.jobaudit.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

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
import org.jspecify.annotations.Nullable;
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

	@Mixin
	private JsonOption json = new JsonOption();

	@Override
	public Integer call() throws Exception {
		if (this.limit < 0) {
			throw misuse("--limit takes 0 or more, but got " + this.limit, null);
		}
		IdSource.Ids opened = this.ids.open(this.csv.hints());
		try (ConfigurableApplicationContext context = Application.start(settings(), true);
				AccountClient client = client(context)) {
			Preview preview = context.getBean(Preview.class);
			PreviewCounts counts = preview.read(opened.read(context, client, new StopRequest()), this.limit,
					this.refetch);
			if (!this.json.isWanted()) {
				print(counts, System.out);
			}
			List<PreviewedJob> answers = counts.first().isEmpty() ? List.of() : preview.ask(client, counts.first());
			System.out.print(this.json.choose(figures(counts, answers), text(answers)));
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
		out.println("  " + ((duration != null)
				? "about %s at %s calls/s".formatted(ClosingText.duration(duration), counts.rate())
				: "no rate limit is configured"));
	}

	private static Map<String, @Nullable Object> figures(PreviewCounts counts, List<PreviewedJob> answers) {
		Map<String, @Nullable Object> figures = new LinkedHashMap<>();
		figures.put("lines", counts.lines());
		figures.put("distinct", counts.distinctIds());
		figures.put("duplicates", counts.duplicates());
		figures.put("malformed", counts.malformed());
		figures.put("rejected", counts.rejected().stream().map(RejectedLine::toString).toList());
		figures.put("warning", counts.warning().orElse(null));
		figures.put("storedFinal", counts.storedFinal());
		figures.put("calls", counts.calls());
		figures.put("seconds", (counts.duration() != null) ? counts.duration().toSeconds() : null);
		figures.put("answers", answers.stream().map(PreviewCommand::figures).toList());
		return figures;
	}

	private static Map<String, @Nullable Object> figures(PreviewedJob answer) {
		SmartJob job = answer.job();
		Map<String, @Nullable Object> figures = new LinkedHashMap<>();
		figures.put("id", answer.id().toString());
		figures.put("outcome", answer.outcome());
		figures.put("state", (job != null) ? job.state() : null);
		figures.put("jobType", (job != null) ? job.jobType() : null);
		figures.put("errorCode", (job != null) ? job.errorCode() : null);
		figures.put("totalTokens", (job != null) ? job.totalTokens() : null);
		figures.put("error", answer.error());
		return figures;
	}

	private static String text(List<PreviewedJob> answers) {
		return answers.isEmpty() ? ""
				: answers.stream()
					.map((answer) -> "  " + PrintableText.of(text(answer)) + "\n")
					.collect(Collectors.joining("", "\nanswers for the first " + answers.size() + "\n", ""));
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
