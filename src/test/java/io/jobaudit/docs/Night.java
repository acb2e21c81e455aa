package io.jobaudit.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;

/**
 * A night of the script for cron, with a program that a test writes, and with a clock
 * that only pauses and that program move.
 */
final class Night {

	/**
	 * How a night ended.
	 *
	 * @param starts the program's command line of each try
	 * @param mail what cron mails
	 */
	record Morning(int code, String starts, String mail, String log) {

		long tries() {
			return this.starts.lines().count();
		}

	}

	private final Path home;

	private final ProcessBuilder script;

	/**
	 * Makes a night.
	 * @param tried what each try does: "takes 60" lets a minute pass
	 */
	Night(Path home, String tried) throws IOException {
		this.home = home;
		this.script = new ProcessBuilder("sh", Sample.CONFIG.resolve("cron/nightly").toAbsolutePath().toString());
		this.script.environment().put("PATH", home + ":" + System.getenv("PATH"));
		this.script.environment().put("JOB_AUDIT_HOME", home.toString());
		this.script.environment().put("JOB_AUDIT_LOG", log().toString());
		program("date", """
				read -r now <%s
				[ "${TZ:-}" != Asia/Shanghai ] || now=$((now + 28800))
				case $1 in
				  '+%%H %%M %%S') printf '%%02d %%02d %%02d' $((now / 3600 %% 24)) $((now / 60 %% 60)) $((now %% 60)) ;;
				  *) echo 2026-11-28 02:15:00 +0800 ;;
				esac
				""".formatted(clock()));
		program("takes", "read -r now <%1$s\necho $((now + $1)) >%1$s\n".formatted(clock()));
		program("sleep", "exec takes \"$1\"\n");
		zone("");
		program("job-audit", """
				[ "$1" != config ] || exec zone
				echo "$*" >>%s
				echo 'a line of the log'
				echo 'an error' >&2
				%s
				""".formatted(starts(), tried));
		startingAt("02:15");
	}

	Night startingAt(String time) throws IOException {
		Files.writeString(clock(), LocalTime.parse(time).toSecondOfDay() + "\n");
		return this;
	}

	/** As "config show" prints it. */
	Night zone(String zone) throws IOException {
		program("zone", "printf '%%-38s  # %%s\\n' 'audit.report.group-by: cost_centre' x 'audit.report.zone: %s' x\n"
			.formatted(zone));
		return this;
	}

	Night with(String variable, String value) {
		this.script.environment().put(variable, value);
		return this;
	}

	Morning pass() throws Exception {
		Process night = this.script.start();
		String mail = new String(night.getErrorStream().readAllBytes());
		String starts = Files.exists(starts()) ? Files.readString(starts()) : "";
		return new Morning(night.waitFor(), starts, mail, Files.exists(log()) ? Files.readString(log()) : "");
	}

	Path log() {
		return this.home.resolve("nightly.log");
	}

	private Path clock() {
		return this.home.resolve("clock");
	}

	private Path starts() {
		return this.home.resolve("starts");
	}

	private void program(String name, String script) throws IOException {
		Path program = Files.writeString(this.home.resolve(name), "#!/bin/sh\n" + script);
		if (!program.toFile().setExecutable(true)) {
			throw new IOException("cannot make " + program + " a program");
		}
	}

}
