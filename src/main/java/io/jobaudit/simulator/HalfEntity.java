package io.jobaudit.simulator;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/**
 * A body that announces its full length, sends half of it and then does something else.
 */
final class HalfEntity extends AbstractHttpEntity {

	private final byte[] body;

	private final long length;

	private final Then then;

	HalfEntity(byte[] body, Then then) {
		this(body, body.length, then);
	}

	/** Announces more than the body has. */
	HalfEntity(byte[] body, long length, Then then) {
		super((ContentType) null, null);
		this.body = body;
		this.length = length;
		this.then = then;
	}

	/** What comes instead of the second half; must end by an exception. */
	interface Then {

		void run(OutputStream stream) throws IOException;

	}

	@Override
	public long getContentLength() {
		return this.length;
	}

	@Override
	public void writeTo(OutputStream stream) throws IOException {
		stream.write(this.body, 0, this.body.length / 2);
		stream.flush();
		this.then.run(stream);
	}

	@Override
	public InputStream getContent() {
		return new ByteArrayInputStream(this.body);
	}

	@Override
	public boolean isStreaming() {
		return false;
	}

	@Override
	public void close() {
		// nothing is open
	}

}
