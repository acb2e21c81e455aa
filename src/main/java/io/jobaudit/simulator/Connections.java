package io.jobaudit.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnection;
import org.apache.hc.core5.http.impl.io.HttpService;
import org.apache.hc.core5.http.io.HttpServerRequestHandler;
import org.apache.hc.core5.http.protocol.DefaultHttpProcessor;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.http.protocol.HttpProcessor;
import org.apache.hc.core5.http.protocol.ResponseContent;
import org.apache.hc.core5.http.protocol.ResponseDate;
import org.apache.hc.core5.http.protocol.ResponseServer;
import org.apache.hc.core5.io.Closer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts connections on the loopback interface and serves each in a thread of its own.
 * HttpCore's own server hides the socket, which a reset needs.
 */
final class Connections implements AutoCloseable {

	private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

	/** HttpCore's own would close the connection after an error, unlike gateways. */
	private static final HttpProcessor KEEPING_ALIVE = new DefaultHttpProcessor(new ResponseDate(),
			new ResponseServer("simulator"), new ResponseContent());

	private final ServerSocket serverSocket;

	private final Function<Socket, HttpServerRequestHandler> handlers;

	private final Set<Socket> open = ConcurrentHashMap.newKeySet();

	private final ExecutorService threads = Executors.newCachedThreadPool(new DefaultThreadFactory("simulator", true));

	private Connections(ServerSocket serverSocket, Function<Socket, HttpServerRequestHandler> handlers) {
		this.serverSocket = serverSocket;
		this.handlers = handlers;
	}

	/** Listens until closed; each connection gets a handler of its own. */
	static Connections listen(int port, Function<Socket, HttpServerRequestHandler> handlers) {
		try {
			ServerSocket serverSocket = new ServerSocket(port, 1_024, InetAddress.getByName("127.0.0.1"));
			Connections connections = new Connections(serverSocket, handlers);
			connections.threads.execute(connections::accept);
			return connections;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("the simulator cannot listen on port " + port + ": " + ex.getMessage(), ex);
		}
	}

	int port() {
		return this.serverSocket.getLocalPort();
	}

	@Override
	public void close() {
		Closer.closeQuietly(this.serverSocket);
		this.threads.shutdownNow();
		this.open.forEach(Closer::closeQuietly);
		try {
			this.threads.awaitTermination(5, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void accept() {
		try {
			while (true) {
				serveInThread(this.serverSocket.accept());
			}
		}
		catch (IOException ex) {
			LOG.debug("no longer accepting connections: {}", ex.toString());
		}
	}

	private void serveInThread(Socket socket) {
		this.open.add(socket);
		try {
			this.threads.execute(() -> serve(socket));
		}
		catch (RejectedExecutionException ex) {
			// accepted while the simulator was being closed
			Closer.closeQuietly(socket);
		}
	}

	private void serve(Socket socket) {
		HttpService service = new HttpService(KEEPING_ALIVE, this.handlers.apply(socket));
		try (socket;
				DefaultBHttpServerConnection connection = new DefaultBHttpServerConnection("http",
						Http1Config.DEFAULT)) {
			socket.setTcpNoDelay(true);
			connection.bind(socket);
			while (connection.isOpen() && !this.threads.isShutdown()) {
				service.handleRequest(connection, HttpCoreContext.create());
			}
		}
		catch (IOException | HttpException ex) {
			LOG.debug("connection ended: {}", ex.toString());
		}
		finally {
			this.open.remove(socket);
		}
	}

}
