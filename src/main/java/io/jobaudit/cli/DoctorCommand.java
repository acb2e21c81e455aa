package io.jobaudit.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.jobaudit.ExitStatus;
import io.jobaudit.PrintableText;
import io.jobaudit.cli.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** Checks what a run needs, before it is needed. */
@Command(name = "doctor",
		description = "Checks everything a run needs and says how to fix it; makes one API call and changes nothing.")
final class DoctorCommand extends AuditCommand {

	/** Column in which findings begin. */
	private static final int FINDING = 19;

	@Option(names = "--accounts", paramLabel = "FILE",
			description = "File of accounts, as for night: check it, and make one API call for each.")
	private @Nullable Path accounts;

	@Option(names = "--json", description = "Print a JSON array.")
	private boolean json;

	@Override
	public Integer call() {
		List<CheckResult> all = new ArrayList<>();
		all.add(CheckResult.ok(Runtime.version() + ", " + System.getProperty("java.vendor")).named("Java"));
		try (ConfigurableApplicationContext context = Application.start(settings(), true)) {
			all.addAll(HealthChecks.all(context, this.accounts));
		}
		catch (RuntimeException ex) {
			Set<String> faults = new LinkedHashSet<>(List.of(Failures.describe(ex)));
			faults.addAll(SettingsFaults.of(settings()));
			faults.forEach((fault) -> all.add(CheckResult.failed(Failures.statusOf(ex), fault).named("settings")));
		}
		System.out.print(this.json ? json(all) : text(all));
		return all.stream()
			.map(CheckResult::status)
			.filter((status) -> status != ExitStatus.COMPLETE)
			.findFirst()
			.orElse(ExitStatus.COMPLETE)
			.code();
	}

	private static String text(List<CheckResult> all) {
		Ansi ansi = Terminal.hasColours(Terminal.OUT) ? Ansi.ON : Ansi.OFF;
		StringBuilder text = new StringBuilder();
		for (CheckResult one : all) {
			String color = switch (one.mark()) {
				case "ok" -> "green";
				case "warn" -> "yellow";
				default -> "red,bold";
			};
			text.append(ansi.string("@|" + color + " " + "%-4s".formatted(one.mark()) + "|@"))
				.append("  %-12s %s%n".formatted(one.name(), Terminal.wrap(PrintableText.of(one.finding()), FINDING)));
		}
		return text.toString();
	}

	private static String json(List<CheckResult> all) {
		ArrayNode array = JsonMapper.shared().createArrayNode();
		all.forEach((one) -> array.addObject()
			.put("check", one.name())
			.put("result", one.mark())
			.put("exitCode", one.status().code())
			.put("finding", one.finding()));
		return array.toPrettyString() + "\n";
	}

	/**
	 * What one check of the doctor has found.
	 *
	 * @param status {@code COMPLETE} when nothing is wrong, else that of a run that meets
	 * it
	 * @param warning whether it is well enough, but worth a look
	 */
	record CheckResult(String name, ExitStatus status, boolean warning, String finding) {

		static CheckResult ok(String finding) {
			return new CheckResult("", ExitStatus.COMPLETE, false, finding);
		}

		static CheckResult warning(String finding) {
			return new CheckResult("", ExitStatus.COMPLETE, true, finding);
		}

		static CheckResult failed(ExitStatus status, String finding) {
			return new CheckResult("", status, false, finding);
		}

		CheckResult named(String check) {
			return new CheckResult(check, this.status, this.warning, this.finding);
		}

		String mark() {
			return (this.status != ExitStatus.COMPLETE) ? "FAIL" : this.warning ? "warn" : "ok";
		}

	}

}
