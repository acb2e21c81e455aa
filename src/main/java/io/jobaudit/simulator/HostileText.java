package io.jobaudit.simulator;

import java.util.Random;

/** Text that databases and spreadsheets reject or, worse, execute. */
final class HostileText {

	private static final double SHARE = 0.03;

	private static final Weighted<String> PATTERNS = Weighted.of("=HYPERLINK(\"http://example.com/\",\"%s\")", 1)
		.or("+1+1 %s", 1)
		.or("@SUM(A1:A9) %s", 1)
		.or("%s\u0000NUL", 1)
		.or("%s \ud83d", 1)
		.or("\udc00 %s", 1)
		.or("%s \ud83d\ude80 \u667a\u80fd", 1)
		.or("%s,\"quoted\"\r\nsecond line\t\u0007", 1);

	private HostileText() {
	}

	/** The text as it is, or in few cases a hostile form of it. */
	static String sometimes(String text, Random random) {
		return random.nextDouble() < SHARE ? PATTERNS.pick(random).formatted(text) : text;
	}

}
