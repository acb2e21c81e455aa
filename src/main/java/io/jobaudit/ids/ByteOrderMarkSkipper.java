package io.jobaudit.ids;

import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;

/**
 * Leaves out the byte order mark that spreadsheets put before the first column's name.
 */
final class ByteOrderMarkSkipper extends PushbackReader {

	ByteOrderMarkSkipper(Reader reader) throws IOException {
		super(reader);
		int first = reader.read();
		if (first >= 0 && first != '\uFEFF') {
			unread(first);
		}
	}

}
