package io.jobaudit.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import io.jobaudit.ExitStatus;
import io.jobaudit.PrintableText;
import io.jobaudit.cli.terminal.Terminal;
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

	@Option(names = "--json", description = "Print a JSON array.")
	private boolean json;

	@Override
	public Integer call() {
		List<CheckResult> all = new ArrayList<>();
		all.add(CheckResult.ok("Java", Runtime.version() + ", " + System.getProperty("java.vendor")));
		try (ConfigurableApplicationContext context = Application.start(settings(), true)) {
			for (Function<ConfigurableApplicationContext, CheckResult> check : HealthChecks.ALL) {
				all.add(check.apply(context));
			}
		}
		catch (RuntimeException ex) {
			all.add(CheckResult.failed("settings", Failures.statusOf(ex), Failures.describe(ex)));
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
				.append("  %-12s %s%n".formatted(one.name(), PrintableText.of(one.finding())));
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

		static CheckResult ok(String name, String finding) {
			return new CheckResult(name, ExitStatus.COMPLETE, false, finding);
		}

		static CheckResult warning(String name, String finding) {
			return new CheckResult(name, ExitStatus.COMPLETE, true, finding);
		}

		static CheckResult failed(String name, ExitStatus status, String finding) {
			return new CheckResult(name, status, false, finding);
		}

		String mark() {
			return (this.status != ExitStatus.COMPLETE) ? "FAIL" : this.warning ? "warn" : "ok";
		}

	}

}
