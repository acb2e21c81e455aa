package io.jobaudit.report;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A headless browser that sends all its requests to a proxy of the test.
 *
 * @param program the browser
 * @param directory for its profile and its output, one run after the other
 * @param proxyPort port of the proxy
 */
record Chromium(Path program, Path directory, int proxyPort) {

	private static final long PATIENCE_SECONDS = 120;

	/** The browser on the path, if there is one. */
	static Optional<Path> installed() {
		return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
			.flatMap((directory) -> Stream.of("chromium", "chromium-browser", "google-chrome")
				.map(Path.of(directory)::resolve))
			.filter(Files::isExecutable)
			.findFirst();
	}

	/** Opens a page and waits for the browser to end. */
	Outcome open(Path page, String... options) throws IOException, InterruptedException {
		Path run = Files.createTempDirectory(this.directory, "browser-");
		List<String> command = new ArrayList<>(
				List.of(this.program.toString(), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
						"--no-first-run", "--disable-background-networking", "--disable-component-update",
						"--disable-sync", "--disable-default-apps", "--disable-extensions", "--hide-scrollbars",
						"--user-data-dir=" + run.resolve("profile"), "--proxy-server=127.0.0.1:" + this.proxyPort,
						"--proxy-bypass-list=<-loopback>", "--enable-logging=stderr", "--v=0"));
		command.addAll(List.of(options));
		command.add(page.toUri().toString());
		Path out = run.resolve("out");
		Path err = run.resolve("err");
		Process process = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
		if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
			process.descendants().forEach(ProcessHandle::destroyForcibly);
			process.destroyForcibly().waitFor();
			throw new AssertionError("the browser has not ended: " + command + "\n" + Files.readString(err));
		}
		return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
	}

	/**
	 * The result of a browser run.
	 *
	 * @param output what it printed
	 * @param log what it logged
	 */
	record Outcome(int exitCode, String output, String log) {

		/** The lines of the developer console. */
		List<String> console() {
			return this.log.lines().filter((line) -> line.contains("CONSOLE")).toList();
		}

	}

}
