package io.jobaudit.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.jobaudit.ExitStatus;
import io.jobaudit.PrintableText;
import io.jobaudit.cli.terminal.Version;
import io.jobaudit.upkeep.UserErasure;
import io.jobaudit.upkeep.UserErasure.ErasedTexts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Erases the texts of a user. */
@Command(name = "erase",
		description = "Erases the texts and raw answers of a user's jobs; counts, money and closed months stay. Run it as job_audit_owner.")
final class EraseCommand extends AuditCommand {

	@Option(names = "--user", required = true, paramLabel = "ID", description = "Id of the user, as the jobs have it.")
	private String user = "";

	@Option(names = "--dry-run", description = "Show what would be erased, and erase nothing.")
	private boolean dryRun;

	@Mixin
	private JsonOption json = new JsonOption();

	@Override
	public Integer call() throws Exception {
		if (this.user.isBlank()) {
			throw misuse("--user is blank; it takes the id of a user", null);
		}
		return run(settings(), (context, stop) -> {
			ErasedTexts erased = context.getBean(UserErasure.class).erase(this.user, this.dryRun, Version.current());
			program().print(this.json.choose(figures(erased), text(erased)), ExitStatus.COMPLETE);
			return ExitStatus.COMPLETE;
		});
	}

	private Map<String, Object> figures(ErasedTexts erased) {
		Map<String, Object> figures = new LinkedHashMap<>();
		figures.put("user", this.user);
		figures.put("dryRun", this.dryRun);
		figures.put("erased", erased);
		return figures;
	}

	private String text(ErasedTexts erased) {
		StringBuilder text = new StringBuilder(this.dryRun ? "Would be erased" : "Erased");
		text.append(": texts and raw answers of user ").append(PrintableText.of(this.user)).append('\n');
		text.append(ClosingText.line("jobs", erased.jobs()))
			.append(ClosingText.line("jobs, booked", erased.bookedJobs()));
		text.append(ClosingText.line("changes", erased.changes())).append(ClosingText.line("ids", erased.ids()));
		text.append("kept\n  the id of the user, counts, tokens and money\n");
		list(text, "what the cost centre is read from", erased.kept());
		text.append("not erased\n  backups of the database, and reports that were mailed or copied\n");
		list(text, "files of closed months, which never change", erased.filedMonths());
		list(text,
				"reports on disk: delete them, or write those of a run again without the\n  texts by job-audit report --run N",
				erased.reports());
		return text.toString();
	}

	private static void list(StringBuilder text, String heading, List<String> lines) {
		if (!lines.isEmpty()) {
			text.append("  ").append(heading).append('\n');
			lines.forEach((line) -> text.append("    ").append(PrintableText.of(line)).append('\n'));
		}
	}

}
