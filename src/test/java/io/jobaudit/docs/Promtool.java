package io.jobaudit.docs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Prometheus' own checker, where it is installed. */
public final class Promtool {

	private static final Path NOTHING = Path.of("/dev/null");

	private Promtool() {
	}

	public static boolean isThere() {
		try {
			run(NOTHING, "--version");
			return true;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Runs it on files of config/observability. */
	public static String run(String... arguments) throws IOException, InterruptedException {
		return run(NOTHING, arguments);
	}

	/** Runs it; it must be content. */
	public static String run(Path input, String... arguments) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(List.of("promtool"));
		command.addAll(List.of(arguments));
		Process process = new ProcessBuilder(command).directory(ObservabilityFiles.DIRECTORY.toFile())
			.redirectErrorStream(true)
			.redirectInput(input.toFile())
			.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(output).isZero();
		return output;
	}

}
