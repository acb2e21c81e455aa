package io.jobaudit.progress;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.function.IntSupplier;

import org.jspecify.annotations.Nullable;

/** The last line of a terminal: other output appears above it. Thread-safe. */
public final class StatusLine extends OutputStream {

	private static final byte[] ERASE = { '\r', 0x1b, '[', 'K' };

	private final PrintStream terminal;

	private final Charset charset;

	private final IntSupplier columns;

	private final boolean colours;

	private String text = "";

	private boolean drawn;

	private boolean atLineStart = true;

	public StatusLine(PrintStream terminal, Charset charset, IntSupplier columns, boolean colours) {
		this.terminal = terminal;
		this.charset = charset;
		this.columns = columns;
		this.colours = colours;
	}

	/** Longest text: the last column stays free, or some terminals wrap. */
	int columns() {
		return Math.max(1, this.columns.getAsInt() - 1);
	}

	boolean hasColours() {
		return this.colours;
	}

	boolean canShow(char character) {
		return this.charset.newEncoder().canEncode(character);
	}

	/**
	 * Replaces the text.
	 * @param line at most {@link #columns()} wide, empty for none
	 */
	synchronized void show(String line) {
		this.text = line;
		erase();
		draw();
		this.terminal.flush();
	}

	@Override
	public void write(int single) {
		write(new byte[] { (byte) single }, 0, 1);
	}

	@Override
	public synchronized void write(byte[] bytes, int offset, int length) {
		if (length == 0) {
			return;
		}
		erase();
		this.terminal.write(bytes, offset, length);
		this.atLineStart = bytes[offset + length - 1] == '\n';
		draw();
	}

	@Override
	public synchronized void flush() {
		this.terminal.flush();
	}

	private void erase() {
		if (this.drawn) {
			this.terminal.write(ERASE, 0, ERASE.length);
			this.drawn = false;
		}
	}

	private void draw() {
		if (this.atLineStart && !this.text.isEmpty()) {
			byte[] line = this.text.getBytes(this.charset);
			this.terminal.write(line, 0, line.length);
			this.drawn = true;
		}
	}

	public interface Screen {

		/** The status line; null if standard error is not a terminal. */
		@Nullable StatusLine statusLine();

	}

}
