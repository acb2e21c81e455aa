package io.jobaudit.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * One connection without any HTTP library, so that a test sees every byte and how it
 * ended.
 */
final class RawClient implements AutoCloseable {

	private static final int SILENCE_MILLIS = 2_000;

	private final Socket socket = new Socket();

	RawClient(URI endpoint) throws IOException {
		this.socket.connect(new InetSocketAddress(endpoint.getHost(), endpoint.getPort()));
		this.socket.setSoTimeout(SILENCE_MILLIS);
	}

	/** How what could be read came to its end. */
	enum End {

		COMPLETE, CLOSED, RESET, SILENCE

	}

	/**
	 * What came back.
	 *
	 * @param head status line and headers
	 * @param body as much of the body as came
	 */
	record Answer(String head, String body, End end) {

		int status() {
			return Integer.parseInt(this.head.substring(9, 12));
		}

		/** The header's value; empty if there is none. */
		String header(String name) {
			return this.head.lines()
				.filter((line) -> line.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
				.map((line) -> line.substring(name.length() + 2))
				.findFirst()
				.orElse("");
		}

	}

	static Answer send(Simulator simulator, TestCall call) throws IOException {
		return send(simulator, call.wire(simulator.endpoint()));
	}

	static Answer send(Simulator simulator, String wire) throws IOException {
		try (RawClient client = new RawClient(simulator.endpoint())) {
			return client.send(wire);
		}
	}

	/** Sends without waiting for what comes back. */
	void begin(String wire) throws IOException {
		this.socket.getOutputStream().write(wire.getBytes(StandardCharsets.UTF_8));
	}

	/** What comes in so many reads, none of which may meet silence. */
	String readTimes(int times) throws IOException {
		ByteArrayOutputStream received = new ByteArrayOutputStream();
		byte[] block = new byte[8192];
		for (int i = 0; i < times; i++) {
			received.write(block, 0, Math.max(0, this.socket.getInputStream().read(block)));
		}
		return received.toString(StandardCharsets.UTF_8);
	}

	Answer send(String wire) throws IOException {
		begin(wire);
		ByteArrayOutputStream received = new ByteArrayOutputStream();
		End end = read(received);
		String text = received.toString(StandardCharsets.UTF_8);
		int blank = text.indexOf("\r\n\r\n");
		return (blank < 0) ? new Answer("", "", end)
				: new Answer(text.substring(0, blank), text.substring(blank + 4), end);
	}

	private End read(ByteArrayOutputStream received) throws IOException {
		InputStream stream = this.socket.getInputStream();
		try {
			while (!complete(received.toByteArray())) {
				byte[] block = new byte[8192];
				int length = stream.read(block);
				if (length < 0) {
					return End.CLOSED;
				}
				received.write(block, 0, length);
			}
			return End.COMPLETE;
		}
		catch (SocketTimeoutException ex) {
			return End.SILENCE;
		}
		catch (SocketException ex) {
			return End.RESET;
		}
	}

	private static boolean complete(byte[] received) {
		String text = new String(received, StandardCharsets.ISO_8859_1);
		int blank = text.indexOf("\r\n\r\n");
		return blank >= 0 && text.length() - blank - 4 == contentLength(text);
	}

	private static int contentLength(String text) {
		return text.lines()
			.filter((line) -> line.toLowerCase().startsWith("content-length: "))
			.map((line) -> Integer.parseInt(line.substring(16).strip()))
			.findFirst()
			.orElse(-1);
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
