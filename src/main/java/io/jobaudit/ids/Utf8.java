package io.jobaudit.ids;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Finds what is not UTF-8, for a message: a decoder reads ahead and cannot tell the line.
 */
final class Utf8 {

	private static final int MAX_LINE = 1 << 20;

	private Utf8() {
	}

	/** The first line that is not UTF-8, as part of a sentence. */
	static String firstFault(CsvFile file) {
		try (InputStream in = new BufferedInputStream(file.open())) {
			byte[] line = new byte[MAX_LINE];
			for (long number = 1;; number++) {
				int length = readLine(in, line);
				if (length < 0) {
					return file.source() + " holds bytes that are not";
				}
				if (!isUtf8(line, length)) {
					return "line " + number + " of " + file.source() + " holds bytes that are not;"
							+ " save the file as \"CSV UTF-8\"";
				}
			}
		}
		catch (IOException ex) {
			return file.source() + " cannot be read again to find the line (" + ex.getMessage() + ")";
		}
	}

	private static int readLine(InputStream in, byte[] line) throws IOException {
		int length = 0;
		int next = in.read();
		if (next < 0) {
			return -1;
		}
		while (next >= 0 && next != '\n' && length < line.length) {
			line[length++] = (byte) next;
			next = in.read();
		}
		return length;
	}

	private static boolean isUtf8(byte[] bytes, int length) {
		try {
			StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
			return true;
		}
		catch (CharacterCodingException ex) {
			return false;
		}
	}

}
