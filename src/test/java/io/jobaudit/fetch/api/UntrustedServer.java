package io.jobaudit.fetch.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** A TLS server on loopback, with a certificate of an authority that nobody knows. */
public final class UntrustedServer implements AutoCloseable {

	private static final String PASSWORD = "changeit";

	private final SSLServerSocket listening;

	private final ExecutorService acceptor = Executors.newSingleThreadExecutor();

	private final LongAdder connections = new LongAdder();

	private final LongAdder bytes = new LongAdder();

	private UntrustedServer(SSLServerSocket listening) {
		this.listening = listening;
		this.acceptor.execute(this::accept);
	}

	public static UntrustedServer start(Path directory) throws Exception {
		return start(directory, "127.0.0.1", "-0d");
	}

	/**
	 * Starts a server with a certificate of some kind.
	 * @param address the address that the certificate is for
	 * @param begin when it begins, such as -3d; it is valid for two days
	 */
	public static UntrustedServer start(Path directory, String address, String begin) throws Exception {
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(keys(directory, address, begin).getKeyManagers(), null, null);
		return new UntrustedServer((SSLServerSocket) context.getServerSocketFactory()
			.createServerSocket(0, 50, InetAddress.getByName("127.0.0.1")));
	}

	/** Makes clients that are created meanwhile trust the servers of a directory. */
	public static void trusting(Path directory, Callable<?> action) throws Exception {
		System.setProperty("javax.net.ssl.trustStore", trustStore(directory).toString());
		System.setProperty("javax.net.ssl.trustStorePassword", PASSWORD);
		try {
			action.call();
		}
		finally {
			System.clearProperty("javax.net.ssl.trustStore");
			System.clearProperty("javax.net.ssl.trustStorePassword");
		}
	}

	private static Path trustStore(Path directory) {
		return directory.resolve("trust.p12");
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

	/**
	 * Keys of an authority, which are dropped, and of a server; the trust store of the
	 * former.
	 */
	private static KeyManagerFactory keys(Path directory, String address, String begin) throws Exception {
		Path file = directory.resolve("keys.p12");
		keytool(file, "-alias", "authority", "-dname", "CN=authority", "-ext", "bc:c");
		keytool(file, "-alias", "server", "-signer", "authority", "-dname", "CN=" + address, "-ext",
				"san=ip:" + address, "-startdate", begin, "-validity", "2");
		KeyStore store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
		KeyStore trust = KeyStore.getInstance("PKCS12");
		trust.load(null, null);
		trust.setCertificateEntry("authority", store.getCertificate("authority"));
		try (OutputStream stream = Files.newOutputStream(trustStore(directory))) {
			trust.store(stream, PASSWORD.toCharArray());
		}
		store.deleteEntry("authority");
		KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		keys.init(store, PASSWORD.toCharArray());
		return keys;
	}

	private static void keytool(Path file, String... options) throws Exception {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-keyalg",
						"EC", "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", PASSWORD));
		command.addAll(List.of(options));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String said = new String(process.getInputStream().readAllBytes());
		if (process.waitFor() != 0) {
			throw new IllegalStateException("keytool: " + said);
		}
	}

}
