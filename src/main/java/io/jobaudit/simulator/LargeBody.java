package io.jobaudit.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** Bodies that fill a heap, created on first use and the same for every id. */
final class LargeBody {

	private static final int MEGABYTE = 1 << 20;

	private static final int PLAIN_MEGABYTES = 50;

	private static final int BOMB_MEGABYTES = 1024;

	private LargeBody() {
	}

	/** Fifty megabytes of JSON. */
	static byte[] plain() {
		return Plain.BYTES;
	}

	/** A gigabyte of JSON in a megabyte of gzip. */
	static byte[] bomb() {
		return Bomb.BYTES;
	}

	private static final class Plain {

		private static final byte[] BYTES = plain();

		private static byte[] plain() {
			ByteArrayOutputStream bytes = new ByteArrayOutputStream((PLAIN_MEGABYTES + 1) * MEGABYTE);
			write(bytes, PLAIN_MEGABYTES);
			return bytes.toByteArray();
		}

	}

	private static final class Bomb {

		private static final byte[] BYTES = bomb();

		private static byte[] bomb() {
			ByteArrayOutputStream bytes = new ByteArrayOutputStream(2 * MEGABYTE);
			try (OutputStream gzip = new GZIPOutputStream(bytes)) {
				write(gzip, BOMB_MEGABYTES);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			return bytes.toByteArray();
		}

	}

	private static void write(OutputStream stream, int megabytes) {
		byte[] filler = new byte[MEGABYTE];
		Arrays.fill(filler, (byte) 'x');
		try {
			stream.write("{\"State\":\"Finished\",\"JobResult\":{\"AiResult\":\"".getBytes(StandardCharsets.UTF_8));
			for (int written = 0; written < megabytes; written++) {
				stream.write(filler);
			}
			stream.write("\"}}".getBytes(StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
