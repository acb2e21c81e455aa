package io.jobaudit.simulator;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Bodies of a 200 that no client should trust. */
final class OddBody {

	private static final int DEPTH = 100_000;

	private static final int LARGE = 12 << 20;

	private static final Map<String, String> NO_OTHERS = Map.of();

	private OddBody() {
	}

	static WholeReply of(JobIdKind kind, WholeReply job) {
		String body = new String(job.bytes(), StandardCharsets.UTF_8);
		return switch (kind) {
			case HUGE -> job.with(LargeBody.plain(), NO_OTHERS);
			case BOMB -> job.with(LargeBody.bomb(), Map.of("Content-Encoding", "gzip"));
			case GBK ->
				job.with(body.replace("default_title", "\u667a\u80fd\u6807\u9898").getBytes(Charset.forName("GBK")),
						Map.of("Content-Type", "application/json;charset=gbk"));
			case UTF16 -> job.with(body.getBytes(StandardCharsets.UTF_16), NO_OTHERS);
			default -> job.with(text(kind, body).getBytes(StandardCharsets.UTF_8), NO_OTHERS);
		};
	}

	private static String text(JobIdKind kind, String body) {
		return switch (kind) {
			case LARGE -> body.replace("\"AiResult\":\"", "\"AiResult\":\"" + "x".repeat(LARGE));
			case DEEP -> before(body, "\"Output\":" + "[".repeat(DEPTH) + "]".repeat(DEPTH));
			case TRAILING -> body + "} and more";
			case DOUBLED -> body + body;
			case EMPTY -> "";
			case ARRAY -> "[" + body + "]";
			case NULL -> "null";
			case CONTROL -> body.replace("default_title", "bell \u0007");
			case BOM -> "\uFEFF" + body;
			case TWICE -> before(body, "\"State\":\"Twice\"");
			case NUMBERS -> before(body, "\"Weight\":1e400000,\"Height\":" + "9".repeat(400));
			default -> throw new IllegalArgumentException(kind + " has no body of its own");
		};
	}

	private static String before(String body, String field) {
		return "{" + field + "," + body.substring(1);
	}

}
