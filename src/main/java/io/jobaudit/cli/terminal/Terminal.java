package io.jobaudit.cli.terminal;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is known of the terminal, stream by stream: the JVM's own console is about all
 * streams at once, and since Java 22 there without a terminal too.
 */
public final class Terminal {

	public static final int OUT = 1;

	public static final int ERR = 2;

	private static final Path STREAMS = Path.of("/proc/self/fd");

	private static final Pattern SIZE = Pattern.compile("\\d+ (\\d+)");

	private static final int USUAL_COLUMNS = 80;

	private Terminal() {
	}

	static boolean is(int stream) {
		try {
			return Files.isDirectory(STREAMS) ? Files.readSymbolicLink(STREAMS.resolve(Integer.toString(stream)))
				.toString()
				.matches("/dev/(pts/\\d+|tty.*|console)") : test(stream);
		}
		catch (IOException | UnsupportedOperationException ex) {
			return false;
		}
	}

	/**
	 * Whether a stream may have colours: on a terminal, unless the environment forbids
	 * it.
	 */
	public static boolean hasColours(int stream) {
		String objection = System.getenv("NO_COLOR");
		return (objection == null || objection.isEmpty()) && isAble() && is(stream);
	}

	/** Whether a cursor can be moved on it. */
	static boolean isAble() {
		String type = System.getenv("TERM");
		return type != null && !type.isEmpty() && !type.equals("dumb");
	}

	/** Characters that standard error understands. */
	static Charset charset() {
		return Charset
			.forName(System.getProperty("stderr.encoding", System.getProperty("native.encoding", "US-ASCII")));
	}

	/** Its width now, 80 where it does not say. */
	static int columns() {
		Process stty;
		try {
			stty = new ProcessBuilder("stty", "size").redirectInput(new File("/dev/tty"))
				.redirectError(Redirect.DISCARD)
				.start();
		}
		catch (IOException ex) {
			return USUAL_COLUMNS;
		}
		try {
			Matcher size = SIZE
				.matcher(new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip());
			int columns = size.matches() ? Integer.parseInt(size.group(1)) : 0;
			return (columns > 0) ? columns : USUAL_COLUMNS;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("the terminal's width cannot be read", ex);
		}
	}

	/**
	 * A text for standard output in lines that a terminal does not break; elsewhere it
	 * stays one line.
	 * @param indent columns before each line
	 */
	public static String wrap(String text, int indent) {
		int width = is(OUT) ? columns() - indent : 0;
		if (width < indent) {
			return text;
		}
		String indented = "\n" + " ".repeat(indent);
		return text.replaceAll("(.{1,%d})(?: |$)".formatted(width), "$1" + indented).stripTrailing();
	}

	/** For systems without /proc. */
	private static boolean test(int stream) throws IOException {
		ProcessBuilder test = new ProcessBuilder("test", "-t", Integer.toString(stream)).inheritIO();
		Process process = test.start();
		try {
			return process.waitFor(1, TimeUnit.SECONDS) && process.exitValue() == 0;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
