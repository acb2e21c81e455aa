package io.jobaudit.fetch.api;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** A TLS server on loopback with a self-signed certificate. */
public final class SelfSignedServer implements AutoCloseable {

	private static final String PASSWORD = "changeit";

	private final SSLServerSocket listening;

	private final ExecutorService acceptor = Executors.newSingleThreadExecutor();

	private final LongAdder connections = new LongAdder();

	private final LongAdder bytes = new LongAdder();

	private SelfSignedServer(SSLServerSocket listening) {
		this.listening = listening;
		this.acceptor.execute(this::accept);
	}

	public static SelfSignedServer start(Path directory) throws Exception {
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(keys(directory.resolve("keys.p12")).getKeyManagers(), null, null);
		return new SelfSignedServer((SSLServerSocket) context.getServerSocketFactory()
			.createServerSocket(0, 50, InetAddress.getByName("127.0.0.1")));
	}

	public URI endpoint() {
		return URI.create("https://127.0.0.1:" + this.listening.getLocalPort());
	}

	public long connections() {
		return this.connections.sum();
	}

	/** Bytes of requests, what belongs to TLS left out. */
	public long requestBytes() {
		return this.bytes.sum();
	}

	@Override
	public void close() throws IOException {
		this.listening.close();
		this.acceptor.shutdownNow();
	}

	private void accept() {
		while (!this.listening.isClosed()) {
			try (Socket socket = this.listening.accept()) {
				this.connections.increment();
				read(socket.getInputStream());
			}
			catch (IOException ex) {
				// the client hung up, or the server was closed
				continue;
			}
		}
	}

	private void read(InputStream stream) throws IOException {
		while (stream.read() >= 0) {
			this.bytes.increment();
		}
	}

	private static KeyManagerFactory keys(Path file) throws Exception {
		Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
		Process process = new ProcessBuilder(keytool.toString(), "-genkeypair", "-alias", "self", "-keyalg", "EC",
				"-dname", "CN=127.0.0.1", "-ext", "san=ip:127.0.0.1", "-validity", "2", "-storetype", "PKCS12",
				"-keystore", file.toString(), "-storepass", PASSWORD)
			.redirectErrorStream(true)
			.start();
		String said = new String(process.getInputStream().readAllBytes());
		if (process.waitFor() != 0) {
			throw new IllegalStateException("keytool: " + said);
		}
		return keyManagers(file);
	}

	private static KeyManagerFactory keyManagers(Path file) throws GeneralSecurityException, IOException {
		KeyStore store = KeyStore.getInstance("PKCS12");
		try (InputStream stream = Files.newInputStream(file)) {
			store.load(stream, PASSWORD.toCharArray());
		}
		KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		keys.init(store, PASSWORD.toCharArray());
		return keys;
	}

}
