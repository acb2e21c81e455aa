package io.jobaudit.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.jobaudit.docs.PlainEnglish;
import org.postgresql.ds.PGSimpleDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * job-audit as a process of its own, the way an operator starts it: own directory,
 * environment and exit code.
 */
public final class AuditProcess {

	private static final Duration DEADLINE = Duration.ofMinutes(10);

	private final Path directory;

	private final Map<String, String> environment = new HashMap<>();

	private List<String> java = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString());

	/** A short life needs no optimizing compiler. */
	private List<String> jvmOptions = List.of("-XX:TieredStopAtLevel=1");

	private List<String> wrapper = List.of();

	private List<String> program = QuickStart.program();

	private final Map<String, Object> settings = new LinkedHashMap<>();

	public AuditProcess(Path directory) {
		this.directory = directory;
		this.environment.put("PATH", System.getenv("PATH"));
		this.environment.put("HOME", directory.toString());
		// The chain's last links ask the network.
		this.environment.put("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true");
	}

	public AuditProcess database(PGSimpleDataSource database) {
		this.environment.put("SPRING_DATASOURCE_URL", "jdbc:postgresql://%s:%d/%s"
			.formatted(database.getServerNames()[0], database.getPortNumbers()[0], database.getDatabaseName()));
		this.environment.put("SPRING_DATASOURCE_USERNAME", database.getUser());
		if (database.getPassword() != null) {
			this.environment.put("SPRING_DATASOURCE_PASSWORD", database.getPassword());
		}
		return this;
	}

	public AuditProcess environment(String name, String value) {
		this.environment.put(name, value);
		return this;
	}

	public AuditProcess key(String id, String secret) {
		return environment("ALIBABA_CLOUD_ACCESS_KEY_ID", id).environment("ALIBABA_CLOUD_ACCESS_KEY_SECRET", secret);
	}

	public AuditProcess setting(String name, Object value) {
		this.settings.put(name, value);
		return this;
	}

	/** Takes another jar than the one that the build has made. */
	public AuditProcess jar(Path jar) {
		this.program = List.of("-jar", jar.toString());
		return this;
	}

	/** Starts the one file that the build has made, as it is. */
	public AuditProcess packaged() {
		String jar = System.getProperty("job-audit.jar");
		return (jar != null) ? jar(Path.of(jar)) : this;
	}

	/** Starts an installed program, with the Java of this test. */
	public AuditProcess installed(Path file) {
		this.java = List.of();
		this.jvmOptions = List.of();
		this.program = List.of(file.toString());
		return environment("JAVA_HOME", System.getProperty("java.home"));
	}

	public AuditProcess jvmOptions(String... options) {
		this.jvmOptions = List.of(options);
		return this;
	}

	/** Mounts a disk of 16 KB on a directory, for the process only. */
	public AuditProcess withSmallDisk(String name) throws IOException {
		Path mountPoint = Files.createDirectory(this.directory.resolve(name));
		this.wrapper = List.of("unshare", "--map-root-user", "--mount", "sh", "-c",
				"mount -t tmpfs -o size=16k tmpfs \"$0\" && exec \"$@\"", mountPoint.toString());
		return this;
	}

	/** Its standard output is a disk that is full. */
	public AuditProcess withFullOutput() {
		this.wrapper = List.of("sh", "-c", "exec \"$@\" > /dev/full", "sh");
		return this;
	}

	/** Limits its address space. */
	public AuditProcess withAddressSpace(int kilobytes) {
		this.wrapper = List.of("sh", "-c", "ulimit -v %d && exec \"$@\"".formatted(kilobytes), "sh");
		return this;
	}

	/** Adds an argument that the locale of this process may not hold. */
	public AuditProcess withLastArgument(String octal) {
		this.wrapper = List.of("sh", "-c", "exec \"$@\" \"$(printf '%s')\"".formatted(octal), "sh");
		return this;
	}

	/** Gives it a terminal of 80 columns; all that it shows there is its output. */
	public AuditProcess onTerminal() {
		this.wrapper = List.of("sh", "-c", "exec script --quiet --return --flush --command \"$*\" /dev/null", "sh");
		return environment("TERM", "xterm");
	}

	/** Runs a command to its end. */
	public Ended run(String... arguments) {
		return start(arguments).await();
	}

	/** Starts a command. */
	public Running start(String... arguments) {
		try {
			Path out = Files.createTempFile(this.directory, "stdout-", ".txt");
			Path err = Files.createTempFile(this.directory, "stderr-", ".txt");
			return new Running(builder(arguments).redirectOutput(out.toFile()).redirectError(err.toFile()).start(), out,
					err);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** A process that has been started. */
	public record Running(Process process, Path out, Path err) {

		public long pid() {
			return this.process.pid();
		}

		/** Sends a signal by its name, such as TERM. */
		public void signal(String name) throws IOException, InterruptedException {
			new ProcessBuilder("kill", "-" + name, Long.toString(pid())).inheritIO().start().waitFor();
		}

		/** Waits for the end. */
		public Ended await() {
			return await(DEADLINE);
		}

		/** Waits for an end that comes within a time. */
		public Ended await(Duration longest) {
			try {
				long peak = peakUntilEnd(this.process, this.err, longest);
				return new Ended(this.process.exitValue(), Files.readString(this.out), Files.readString(this.err),
						peak);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException(ex);
			}
		}

	}

	/** The kernel's own high-water mark, read until the process is gone. */
	private static long peakUntilEnd(Process process, Path err, Duration longest)
			throws IOException, InterruptedException {
		Path status = Path.of("/proc", Long.toString(process.pid()), "status");
		Instant deadline = Instant.now().plus(longest);
		long peak = 0;
		while (!process.waitFor(200, TimeUnit.MILLISECONDS)) {
			peak = Math.max(peak, highWaterMark(status));
			if (Instant.now().isAfter(deadline)) {
				process.destroyForcibly();
				throw new IllegalStateException("still running after " + longest + ": " + Files.readString(err));
			}
		}
		return peak;
	}

	private static long highWaterMark(Path status) {
		try (Stream<String> lines = Files.lines(status)) {
			return lines.filter((line) -> line.startsWith("VmHWM:"))
				.mapToLong((line) -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
				.findFirst()
				.orElse(0);
		}
		catch (IOException | UncheckedIOException ex) {
			return 0;
		}
	}

	private ProcessBuilder builder(String... arguments) throws IOException {
		List<String> command = new ArrayList<>(withDefaultSignals());
		command.addAll(this.wrapper);
		command.addAll(this.java);
		command.addAll(this.jvmOptions);
		command.addAll(this.program);
		command.addAll(List.of(arguments));
		this.settings.forEach((name, value) -> command.add("--" + name + "=" + value));
		ProcessBuilder builder = new ProcessBuilder(command).directory(this.directory.toFile());
		builder.environment().clear();
		builder.environment().putAll(this.environment);
		return builder;
	}

	/**
	 * A build in the background ignores SIGINT, and so would its children: GNU env gives
	 * them the default again.
	 */
	private static List<String> withDefaultSignals() throws IOException {
		List<String> env = List.of("env", "--default-signal=INT");
		try {
			List<String> trial = new ArrayList<>(env);
			trial.add("true");
			return (new ProcessBuilder(trial).start().waitFor() == 0) ? env : List.of();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/** How a process ended. */
	public record Ended(int exitCode, String out, String err, long peakResidentBytes) {

		/** What a process prints, and its last word on standard error, is for people. */
		public Ended {
			String last = err.lines()
				.filter((line) -> line.startsWith("job-audit: "))
				.collect(Collectors.joining("\n"));
			assertThat(PlainEnglish.javaNames(out + last)).as("printed for people").isEmpty();
		}

	}

}
