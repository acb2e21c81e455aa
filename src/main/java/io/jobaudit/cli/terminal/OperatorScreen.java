package io.jobaudit.cli.terminal;

import java.io.PrintStream;
import java.util.function.IntSupplier;

import io.jobaudit.progress.Screen;
import io.jobaudit.progress.StatusLine;
import org.jspecify.annotations.Nullable;

/**
 * Standard error as an operator sees it. While it is open, everything written there
 * appears above the status line.
 */
final class OperatorScreen implements Screen, AutoCloseable {

	/** Reading the width starts a process. */
	private static final int LOOKS = 10;

	private final PrintStream before = System.err;

	private final @Nullable StatusLine line;

	private OperatorScreen(boolean live) {
		this.line = live ? new StatusLine(this.before, Terminal.charset(), columns(), Terminal.hasColours(Terminal.ERR))
				: null;
		if (this.line != null) {
			System.setErr(new PrintStream(this.line, true, Terminal.charset()));
		}
	}

	static OperatorScreen open() {
		return new OperatorScreen(
				LogFormat.inUse() == LogFormat.TEXT && Terminal.isAble() && Terminal.is(Terminal.ERR));
	}

	@Override
	public @Nullable StatusLine statusLine() {
		return this.line;
	}

	@Override
	public void close() {
		System.setErr(this.before);
	}

	private static IntSupplier columns() {
		return new IntSupplier() {

			private int looks;

			private int columns;

			@Override
			public synchronized int getAsInt() {
				if (this.looks++ % LOOKS == 0) {
					this.columns = Terminal.columns();
				}
				return this.columns;
			}

		};
	}

}
