package io.jobaudit.csv;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** Ends a row without end before it fills the memory. */
final class RowLimitReader extends FilterReader {

	/** Longest row, in characters; a little more may pass. */
	static final int LIMIT = 1_000_000;

	private int length;

	RowLimitReader(Reader in) {
		super(in);
	}

	void beginRow() {
		this.length = 0;
	}

	boolean isOverLimit() {
		return this.length > LIMIT;
	}

	@Override
	public int read(char[] buffer, int offset, int count) throws IOException {
		if (isOverLimit()) {
			throw new IOException("the row is longer than %d characters".formatted(LIMIT));
		}
		int read = super.read(buffer, offset, count);
		this.length += Math.max(read, 0);
		return read;
	}

}
