package io.jobaudit.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import io.jobaudit.watch.Screen;

/**
 * The terminal behind standard error, and what it may be shown. What is printed while a
 * line stands on the screen takes its place.
 */
final class Terminal implements Screen {

	private static final String CLEAR_LINE = "\r\u001b[K";

	private static final int USUAL_WIDTH = 80;

	private static final long ASK_AGAIN = TimeUnit.SECONDS.toNanos(2);

	private final PrintStream err;

	private boolean shown;

	private int width = USUAL_WIDTH;

	private long asked;

	private Terminal(PrintStream err) {
		this.err = err;
		this.width = askWidth();
		this.asked = System.nanoTime();
	}

	/** Whether a standard stream is a terminal that can be drawn on. */
	static boolean isTerminal(int stream) {
		String term = System.getenv("TERM");
		if (term == null || term.equals("dumb")) {
			return false;
		}
		try {
			String target = Files.readSymbolicLink(Path.of("/proc/self/fd", Integer.toString(stream))).toString();
			return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
		}
		catch (IOException | UnsupportedOperationException ex) {
			return System.console() != null;
		}
	}

	/** Whether colours are wanted on a standard stream. */
	static boolean isColored(int stream) {
		String noColor = System.getenv("NO_COLOR");
		return (noColor == null || noColor.isEmpty()) && isTerminal(stream);
	}

	/** Takes standard error over. */
	static Terminal takeOver() {
		Terminal terminal = new Terminal(System.err);
		System.setErr(new PrintStream(terminal.new Printed(), true, StandardCharsets.UTF_8));
		return terminal;
	}

	@Override
	public synchronized int width() {
		if (System.nanoTime() - this.asked > ASK_AGAIN) {
			this.asked = System.nanoTime();
			this.width = askWidth();
		}
		return this.width;
	}

	@Override
	public synchronized void show(String line) {
		this.err.print(CLEAR_LINE + line);
		this.err.flush();
		this.shown = true;
	}

	@Override
	public synchronized void clear() {
		if (this.shown) {
			this.err.print(CLEAR_LINE);
			this.err.flush();
			this.shown = false;
		}
	}

	private synchronized void print(byte[] bytes, int offset, int length) {
		clear();
		this.err.write(bytes, offset, length);
		this.err.flush();
	}

	/** By stty, which every Unix has. */
	private static int askWidth() {
		try {
			Process stty = new ProcessBuilder("stty", "size").redirectInput(Path.of("/dev/tty").toFile()).start();
			String[] size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip().split(" ");
			int columns = (size.length == 2) ? Integer.parseInt(size[1]) : 0;
			return (columns > 0) ? columns : USUAL_WIDTH;
		}
		catch (IOException | NumberFormatException ex) {
			return USUAL_WIDTH;
		}
	}

	/** What others print on standard error. */
	private final class Printed extends OutputStream {

		@Override
		public void write(int one) {
			print(new byte[] { (byte) one }, 0, 1);
		}

		@Override
		public void write(byte[] bytes, int offset, int length) {
			print(bytes, offset, length);
		}

	}

}
