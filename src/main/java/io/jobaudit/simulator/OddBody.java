package io.jobaudit.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

import org.springframework.util.function.SingletonSupplier;

/** Bodies of a 200 that no client should trust. */
final class OddBody {

	private static final int DEPTH = 100_000;

	private static final int MEGABYTE = 1 << 20;

	private static final Map<String, String> NO_OTHERS = Map.of();

	/** Fifty megabytes of JSON, created on first use and the same for every id. */
	private static final SingletonSupplier<byte[]> HUGE = SingletonSupplier.of(() -> json(50, false));

	/** A gigabyte of JSON in a megabyte of gzip, created on first use too. */
	private static final SingletonSupplier<byte[]> BOMB = SingletonSupplier.of(() -> json(1024, true));

	private OddBody() {
	}

	static WholeReply of(JobIdKind kind, WholeReply job) {
		String body = new String(job.bytes(), StandardCharsets.UTF_8);
		return switch (kind) {
			case HUGE -> job.with(HUGE.obtain(), NO_OTHERS);
			case BOMB -> job.with(BOMB.obtain(), Map.of("Content-Encoding", "gzip"));
			case GBK ->
				job.with(body.replace("default_title", "\u667a\u80fd\u6807\u9898").getBytes(Charset.forName("GBK")),
						Map.of("Content-Type", "application/json;charset=gbk"));
			case UTF16 -> job.with(body.getBytes(StandardCharsets.UTF_16), NO_OTHERS);
			default -> job.with(text(kind, body).getBytes(StandardCharsets.UTF_8), NO_OTHERS);
		};
	}

	private static String text(JobIdKind kind, String body) {
		return switch (kind) {
			case LARGE -> body.replace("\"AiResult\":\"", "\"AiResult\":\"" + "x".repeat(12 * MEGABYTE));
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

	private static byte[] json(int megabytes, boolean zipped) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream((zipped ? 2 : megabytes + 1) * MEGABYTE);
		try (OutputStream stream = zipped ? new GZIPOutputStream(bytes) : bytes) {
			stream.write("{\"State\":\"Finished\",\"JobResult\":{\"AiResult\":\"".getBytes(StandardCharsets.UTF_8));
			byte[] filler = new byte[MEGABYTE];
			Arrays.fill(filler, (byte) 'x');
			for (int written = 0; written < megabytes; written++) {
				stream.write(filler);
			}
			stream.write("\"}}".getBytes(StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

}
