package io.jobaudit.cli.terminal;

import java.io.PrintStream;

import io.jobaudit.progress.StatusLine;
import io.jobaudit.progress.StatusLine.Screen;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Standard error; while open, what is written there appears above the status line. */
@Component
final class OperatorScreen implements Screen, AutoCloseable {

	/** Reading the width starts a process. */
	private static final int LOOKS = 10;

	private final PrintStream before = System.err;

	private final @Nullable StatusLine line;

	private int looks;

	private int columns;

	OperatorScreen() {
		boolean live = LogFormat.inUse() == LogFormat.TEXT && Terminal.isAble() && Terminal.is(Terminal.ERR);
		this.line = live
				? new StatusLine(this.before, Terminal.charset(), this::columns, Terminal.hasColours(Terminal.ERR))
				: null;
		if (this.line != null) {
			System.setErr(new PrintStream(this.line, true, Terminal.charset()));
		}
	}

	@Override
	public @Nullable StatusLine statusLine() {
		return this.line;
	}

	@Override
	public void close() {
		System.setErr(this.before);
	}

	private synchronized int columns() {
		if (this.looks++ % LOOKS == 0) {
			this.columns = Terminal.columns();
		}
		return this.columns;
	}

}
