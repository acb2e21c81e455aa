package io.jobaudit;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/** A real tinyproxy on loopback. */
public final class RealProxy implements AutoCloseable {

	private static final Path PROGRAM = Path.of("/usr/bin/tinyproxy");

	private final Process process;

	private final int port;

	private final Path log;

	private RealProxy(Process process, int port, Path log) {
		this.process = process;
		this.port = port;
		this.log = log;
	}

	/**
	 * Starts it.
	 * @param more more lines of its settings, such as {@code BasicAuth user password}
	 */
	public static RealProxy start(Path directory, String more) throws IOException {
		Assumptions.assumeTrue(Files.isExecutable(PROGRAM), "no tinyproxy");
		int port;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = socket.getLocalPort();
		}
		Path log = directory.resolve("tinyproxy.log");
		Path settings = Files.writeString(directory.resolve("tinyproxy.conf"),
				"Port %d\nListen 127.0.0.1\nTimeout 60\nLogLevel Connect\nMaxClients 20\n%s\n".formatted(port, more));
		Process process = new ProcessBuilder(PROGRAM.toString(), "-d", "-c", settings.toString())
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		Awaitility.await().atMost(10, TimeUnit.SECONDS).ignoreExceptions().until(() -> {
			new Socket(InetAddress.getLoopbackAddress(), port).close();
			return true;
		});
		return new RealProxy(process, port, log);
	}

	/** URL of the proxy. */
	public String url(String user) {
		return "http://%s127.0.0.1:%d".formatted(user, this.port);
	}

	/** What it has logged. */
	public String log() throws IOException {
		return Files.readString(this.log);
	}

	/** An address of this machine that is not loopback, which no proxy is used for. */
	public static String ownAddress() throws IOException {
		Optional<InetAddress> own = NetworkInterface.networkInterfaces()
			.flatMap(NetworkInterface::inetAddresses)
			.filter((address) -> address instanceof Inet4Address && !address.isLoopbackAddress())
			.findFirst();
		Assumptions.assumeTrue(own.isPresent(), "no network");
		return own.orElseThrow().getHostAddress();
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
