package io.jobaudit;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/** A server on a real socket whose answer never comes to the end of its headers. */
public final class EndlessHeaders implements AutoCloseable {

	/** What it repeats for ever. */
	public enum Kind {

		/** One line. */
		LINE("HTTP/1.1 200 OK\r\nX-Long: ", "x".repeat(8192)),

		/** Lines. */
		LINES("HTTP/1.1 200 OK\r\n", "X-Many: x\r\n".repeat(800)),

		/** The first line of all. */
		STATUS("HTTP/1.1 200 ", "x".repeat(8192)),

		/** Lines after a body in chunks. */
		TRAILERS("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n", "X-Many: x\r\n".repeat(800));

		private final String start;

		private final byte[] rest;

		Kind(String start, String rest) {
			this.start = start;
			this.rest = rest.getBytes(StandardCharsets.US_ASCII);
		}

	}

	private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final LongAdder written = new LongAdder();

	private final Kind kind;

	public EndlessHeaders(Kind kind) throws IOException {
		this.kind = kind;
		this.threads.execute(this::accept);
	}

	public URI url() {
		return URI.create("http://127.0.0.1:" + this.listening.getLocalPort());
	}

	/** Bytes that it could write before its clients hung up. */
	public long written() {
		return this.written.sum();
	}

	@Override
	public void close() throws IOException {
		this.listening.close();
		this.threads.shutdownNow();
	}

	private void accept() {
		while (!this.listening.isClosed()) {
			try {
				Socket socket = this.listening.accept();
				this.threads.execute(() -> answer(socket));
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	private void answer(Socket socket) {
		try (socket; OutputStream out = new BufferedOutputStream(socket.getOutputStream())) {
			out.write(this.kind.start.getBytes(StandardCharsets.US_ASCII));
			while (!this.listening.isClosed()) {
				out.write(this.kind.rest);
				this.written.add(this.kind.rest.length);
			}
		}
		catch (IOException ex) {
			// The client hung up.
			return;
		}
	}

}
