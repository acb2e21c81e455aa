package io.jobaudit.billing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.apache.commons.io.input.BOMInputStream;

/** The price file's text. */
final class PriceText {

	private PriceText() {
	}

	/**
	 * Reads the file, which is UTF-8, with or without a byte order mark.
	 * @throws PriceFileException when it cannot be read or is not
	 */
	static String read(Path file) {
		try (InputStream in = BOMInputStream.builder().setInputStream(Files.newInputStream(file)).get()) {
			return decode(file, in.readAllBytes());
		}
		catch (IOException ex) {
			throw new PriceFileException(file, "cannot be read (%s: %s); let this user read it"
				.formatted(ex.getClass().getSimpleName(), ex.getMessage()), ex);
		}
	}

	private static String decode(Path file, byte[] bytes) {
		CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
		ByteBuffer in = ByteBuffer.wrap(bytes);
		CharBuffer out = CharBuffer.allocate(bytes.length);
		CoderResult result = decoder.decode(in, out, true);
		if (result.isError()) {
			throw new PriceFileException(file, 1 + linesBefore(bytes, in.position()),
					"holds bytes that are not UTF-8; save the file as \"CSV UTF-8\"");
		}
		return out.flip().toString();
	}

	private static long linesBefore(byte[] bytes, int position) {
		long lines = 0;
		for (int index = 0; index < position; index++) {
			lines += (bytes[index] == '\n') ? 1 : 0;
		}
		return lines;
	}

}
