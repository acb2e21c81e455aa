package io.jobaudit.progress;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A terminal that understands what a status line writes. */
final class ScreenText {

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	private final PrintStream stream = new PrintStream(this.bytes, true, StandardCharsets.UTF_8);

	PrintStream stream() {
		return this.stream;
	}

	/** All that was ever written. */
	String written() {
		return this.bytes.toString(StandardCharsets.UTF_8);
	}

	/** Lines on the screen, the one with the cursor last. */
	List<String> lines() {
		List<String> lines = new ArrayList<>();
		StringBuilder line = new StringBuilder();
		String all = written().replaceAll("\u001b\\[[0-9;]*m", "");
		for (int at = 0; at < all.length(); at++) {
			if (all.startsWith("\r\u001b[K", at)) {
				line.setLength(0);
				at += 3;
			}
			else if (all.charAt(at) == '\n') {
				lines.add(line.toString());
				line.setLength(0);
			}
			else {
				line.append(all.charAt(at));
			}
		}
		lines.add(line.toString());
		return lines;
	}

	/** The line with the cursor. */
	String last() {
		return lines().get(lines().size() - 1);
	}

}
