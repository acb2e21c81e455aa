package io.jobaudit.report;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Headless LibreOffice with its own profile. */
final class LibreOffice {

	private static final Duration DEADLINE = Duration.ofMinutes(4);

	/** Makes it recalculate every formula, whatever value is in the file. */
	private static final String ALWAYS_RECALCULATE = """
			<?xml version="1.0" encoding="UTF-8"?>
			<oor:items xmlns:oor="http://openoffice.org/2001/registry">
			<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
			</oor:items>
			""";

	private final Path directory;

	LibreOffice(Path directory) {
		this.directory = directory;
	}

	static boolean isOnThePath(String program) {
		return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
			.anyMatch((directory) -> Files.isExecutable(Path.of(directory, program)));
	}

	/**
	 * Opens files and saves them as another type.
	 * @return the directory of the converted files, which keep their names
	 */
	Path convert(String type, List<Path> files) throws IOException, InterruptedException {
		Path profile = this.directory.resolve("profile");
		Path user = Files.createDirectories(profile.resolve("user"));
		Files.writeString(user.resolve("registrymodifications.xcu"), ALWAYS_RECALCULATE);
		Path converted = this.directory.resolve(type);
		List<String> command = new ArrayList<>(List.of("soffice", "-env:UserInstallation=" + profile.toUri(),
				"--headless", "--norestore", "--convert-to", type, "--outdir", converted.toString()));
		files.forEach((file) -> command.add(file.toString()));
		run(command);
		return converted;
	}

	/** Runs a program, expects success and returns its output. */
	String run(List<String> command) throws IOException, InterruptedException {
		Path out = Files.createTempFile(this.directory, "out-", ".txt");
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
		if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
			process.descendants().forEach(ProcessHandle::destroyForcibly);
			process.destroyForcibly();
			throw new IllegalStateException("still running after %s: %s".formatted(DEADLINE, command));
		}
		String printed = Files.readString(out);
		if (process.exitValue() != 0) {
			throw new IllegalStateException("%s ended with %d: %s".formatted(command, process.exitValue(), printed));
		}
		return printed;
	}

}
