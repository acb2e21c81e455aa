package io.jobaudit;

import java.util.List;
import java.util.Random;

/** Texts that make trouble. */
public final class Generated {

	private static final List<String> PIECES = List.of("\"", "\"\"", ",", ";", "\n", "\r", "\r\n", "\t", " ", "\u00a0",
			"\uFEFF", "=1+1", "@", "'", "a", "Z", "9", "-", "_", ".", "~", "*", "+", "/", "%", "%20", "&", "?", "#",
			"é", "智能", "\ud83d\ude80", "\u0007", "\u2028", "\\", "{}", "job_id");

	private Generated() {
	}

	/** A text of pieces that mean something to some parser, none of them NUL. */
	public static String text(Random random, int maxPieces) {
		StringBuilder text = new StringBuilder();
		for (int left = random.nextInt(maxPieces + 1); left > 0; left--) {
			text.append(random.nextInt(8) == 0 ? character(random) : pick(random, PIECES));
		}
		return text.toString();
	}

	/** A well-formed id. */
	public static String jobId(Random random) {
		return random.ints(1 + random.nextInt(SmartJobId.MAX_LENGTH), 0, 63)
			.mapToObj((i) -> "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-".substring(i, i + 1))
			.reduce("", String::concat);
	}

	/** One of a list. */
	public static <T> T pick(Random random, List<T> list) {
		return list.get(random.nextInt(list.size()));
	}

	/** Any code point but NUL and the halves of a pair. */
	private static String character(Random random) {
		int codePoint = 1 + random.nextInt(Character.MAX_CODE_POINT);
		return Character.toString(
				(codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE) ? codePoint : '\uFFFD');
	}

}
