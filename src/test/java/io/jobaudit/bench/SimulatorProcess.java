package io.jobaudit.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import io.jobaudit.cli.AuditProcess;
import io.jobaudit.cli.AuditProcess.Running;
import org.awaitility.Awaitility;

/** The simulator in a process of its own, so that its processor time does not count. */
record SimulatorProcess(Running running, int port) implements AutoCloseable {

	static SimulatorProcess start(Path directory, Duration latency) throws IOException {
		int port = freePort();
		Running running = new AuditProcess(directory).jvmOptions("-XX:+UseSerialGC")
			.start("simulator", "--port", Integer.toString(port), "--latency", latency.toMillis() + "ms");
		Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.until(() -> Files.readString(running.out()).contains("export"));
		return new SimulatorProcess(running, port);
	}

	String endpoint() {
		return "http://127.0.0.1:" + this.port;
	}

	@Override
	public void close() {
		this.running.process().destroyForcibly();
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

}
