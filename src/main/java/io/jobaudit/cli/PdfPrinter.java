package io.jobaudit.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.jobaudit.AuditException;
import io.jobaudit.ConfigurationException;
import io.jobaudit.ExitStatus;
import io.jobaudit.FailureReason;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * Prints a page to a PDF file, with the browser of the machine and the page's print
 * style.
 */
record PdfPrinter(Path browser) {

	private static final List<String> BROWSERS = List.of("chromium", "chromium-browser", "google-chrome",
			"google-chrome-stable", "chrome", "microsoft-edge");

	private static final Duration LONGEST = Duration.ofMinutes(2);

	/**
	 * The printer of this machine.
	 * @throws ConfigurationException if no known browser is on the path
	 */
	static PdfPrinter ofMachine() {
		return BROWSERS.stream()
			.flatMap((name) -> onPath(name).stream())
			.findFirst()
			.map(PdfPrinter::new)
			.orElseThrow(() -> new ConfigurationException(
					"--format pdf needs a browser on the PATH: " + String.join(", ", BROWSERS)));
	}

	/**
	 * Prints a page.
	 * @throws AuditException if the browser makes no file
	 */
	void print(Path page, Path pdf) {
		try {
			Path profile = Files.createTempDirectory("job-audit-pdf");
			try {
				print(page, pdf, profile);
			}
			finally {
				FileSystemUtils.deleteRecursively(profile);
			}
		}
		catch (IOException ex) {
			throw new PdfNotWrittenException(pdf, FailureReason.of(ex), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new PdfNotWrittenException(pdf, "interrupted", ex);
		}
	}

	private void print(Path page, Path pdf, Path profile) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(this.browser.toString(), "--headless", "--no-sandbox", "--disable-gpu",
				"--disable-dev-shm-usage", "--user-data-dir=" + profile, "--no-pdf-header-footer",
				"--print-to-pdf=" + pdf.toAbsolutePath(), page.toAbsolutePath().toUri().toString())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		boolean ended = process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS);
		process.destroyForcibly();
		if (!ended || process.exitValue() != 0 || !Files.exists(pdf)) {
			throw new PdfNotWrittenException(pdf, this.browser + (ended ? " ended with " + process.exitValue()
					: " did not end in " + LONGEST.toMinutes() + " minutes"), null);
		}
		if (Files.getFileStore(pdf).supportsFileAttributeView(PosixFileAttributeView.class)) {
			Files.setPosixFilePermissions(pdf, Files.getPosixFilePermissions(page));
		}
	}

	private static Optional<Path> onPath(String name) {
		return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
			.map((directory) -> Path.of(directory, name))
			.filter(Files::isExecutable)
			.findFirst();
	}

	/** No file was made. */
	static final class PdfNotWrittenException extends AuditException {

		private static final long serialVersionUID = 1L;

		PdfNotWrittenException(Path pdf, String reason, @Nullable Throwable cause) {
			super(ExitStatus.OUTPUT, "cannot print %s: %s; the other reports are written".formatted(pdf, reason),
					cause);
		}

	}

}
