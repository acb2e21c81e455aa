package io.jobaudit.fetch.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * Reads bodies up to a limit, which counts decompressed bytes. All calls in flight may
 * return a large body at the same time: only as many are read at once as fit into the
 * heap; the others are read later.
 */
final class BodyReader {

	private static final int PART = 1 << 17;

	/** Bytes, text and tree of an answer, and what their conversion takes. */
	private static final int TIMES_ITS_SIZE = 12;

	private final int limit;

	private final Semaphore large;

	BodyReader(DataSize limit, long maxHeap) {
		this.limit = (int) Math.min(limit.toBytes(), Integer.MAX_VALUE - 8);
		this.large = new Semaphore((int) Math.max(1, Math.min(1000, maxHeap / TIMES_ITS_SIZE / this.limit)));
	}

	/**
	 * Reads and converts a body.
	 * @throws TooLargeException when it exceeds the limit; the rest is left unread
	 */
	<T> T read(@Nullable HttpEntity entity, Function<byte[], T> reading) throws IOException {
		if (entity == null) {
			return reading.apply(new byte[0]);
		}
		if (entity.getContentLength() > this.limit) {
			throw new TooLargeException();
		}
		InputStream content = entity.getContent();
		byte[] start = content.readNBytes(PART);
		return (start.length < PART) ? reading.apply(within(start)) : whenAdmitted(start, content, reading);
	}

	private <T> T whenAdmitted(byte[] start, InputStream rest, Function<byte[], T> reading) throws IOException {
		awaitPermit();
		try {
			return reading.apply(whole(start, rest));
		}
		finally {
			this.large.release();
		}
	}

	/** In parts, so that a body that is too large never takes one large piece of heap. */
	private byte[] whole(byte[] start, InputStream rest) throws IOException {
		List<byte[]> parts = new ArrayList<>();
		int length = 0;
		for (byte[] part = start; part.length > 0; part = rest.readNBytes(PART)) {
			parts.add(part);
			length += part.length;
			if (length > this.limit) {
				throw new TooLargeException();
			}
		}
		ByteBuffer whole = ByteBuffer.allocate(length);
		parts.forEach(whole::put);
		return whole.array();
	}

	private byte[] within(byte[] bytes) throws TooLargeException {
		if (bytes.length > this.limit) {
			throw new TooLargeException();
		}
		return bytes;
	}

	private void awaitPermit() throws InterruptedIOException {
		try {
			this.large.acquire();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new InterruptedIOException("stopped while waiting to read a large answer");
		}
	}

	/** The body exceeds the limit. */
	static final class TooLargeException extends IOException {

		private static final long serialVersionUID = 1L;

	}

}
