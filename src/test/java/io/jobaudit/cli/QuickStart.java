package io.jobaudit.cli;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.springframework.util.FileSystemUtils;

/**
 * The program that the tests start hundreds of times, with an archive of classes as in
 * OPERATIONS: it halves the CPU time of a start. Made once in a JVM from the jar of the
 * build; without such a jar, the classes.
 */
final class QuickStart {

	private static final List<String> PROGRAM = make();

	private QuickStart() {
	}

	/** What comes between the options of a JVM and the arguments of job-audit. */
	static List<String> program() {
		return PROGRAM;
	}

	private static List<String> make() {
		String jar = System.getProperty("job-audit.jar");
		if (jar == null) {
			return List.of("-cp", absoluteClassPath(), JobAudit.class.getName());
		}
		try {
			Path directory = Files.createTempDirectory("job-audit-quick-start-");
			Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
			return extracted(Path.of(jar), directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static List<String> extracted(Path jar, Path directory) throws IOException, InterruptedException {
		Path program = directory.resolve("program");
		java(directory, "-Djarmode=tools", "-jar", jar.toString(), "extract", "--destination", program.toString());
		String thin = program.resolve(jar.getFileName()).toString();
		Path archive = directory.resolve("classes.jsa");
		List<String> silent = List.of("-Xlog:cds=off", "-Xlog:cds+dynamic=off", "-XX:TieredStopAtLevel=1");
		List<String> making = new ArrayList<>(silent);
		making.addAll(List.of("-XX:ArchiveClassesAtExit=" + archive, "-jar", thin, "demo"));
		java(directory, making.toArray(String[]::new));
		List<String> using = new ArrayList<>(silent.subList(0, 2));
		using.addAll(List.of("-XX:SharedArchiveFile=" + archive, "-jar", thin));
		return using;
	}

	private static void java(Path directory, String... arguments) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(Arrays.asList(arguments));
		Path log = directory.resolve("log.txt");
		int exitCode = new ProcessBuilder(command).directory(directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start()
			.waitFor();
		if (exitCode != 0) {
			throw new IllegalStateException(command + " ended with " + exitCode + ": " + Files.readString(log));
		}
	}

	/** Without the tests' classes and their logging. */
	private static String absoluteClassPath() {
		return String.join(File.pathSeparator,
				List.of(System.getProperty("java.class.path").split(File.pathSeparator))
					.stream()
					.filter((entry) -> !entry.endsWith("test-classes") && !entry.endsWith("test-classes/"))
					.toList());
	}

	private static void delete(Path directory) {
		try {
			FileSystemUtils.deleteRecursively(directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
