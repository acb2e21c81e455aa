package io.jobaudit.fetch.api;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Whether bytes are UTF-8, as strict as a decoder and many times faster. */
final class Utf8 {

	private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

	private static final long NOT_ASCII = 0x8080808080808080L;

	private Utf8() {
	}

	static boolean isValid(byte[] bytes) {
		int at = 0;
		while (at < bytes.length) {
			if (at + Long.BYTES <= bytes.length && ((long) EIGHT.get(bytes, at) & NOT_ASCII) == 0) {
				at += Long.BYTES;
			}
			else {
				int length = (bytes[at] >= 0) ? 1 : sequence(bytes, at);
				if (length == 0) {
					return false;
				}
				at += length;
			}
		}
		return true;
	}

	/** Length of the sequence of bytes that is a character, 0 for none. */
	private static int sequence(byte[] bytes, int at) {
		int lead = Byte.toUnsignedInt(bytes[at]);
		int length = (lead < 0xc2 || lead > 0xf4) ? 0 : (lead < 0xe0) ? 2 : (lead < 0xf0) ? 3 : 4;
		if (at + length > bytes.length) {
			return 0;
		}
		int code = lead & (0x7f >> length);
		for (int i = 1; i < length; i++) {
			if ((bytes[at + i] & 0xc0) != 0x80) {
				return 0;
			}
			code = (code << 6) | (bytes[at + i] & 0x3f);
		}
		boolean shortest = code >= ((length == 4) ? 0x10000 : (length == 3) ? 0x800 : 0x80);
		return (shortest && code <= Character.MAX_CODE_POINT && (code >> 11) != 0x1b) ? length : 0;
	}

}
