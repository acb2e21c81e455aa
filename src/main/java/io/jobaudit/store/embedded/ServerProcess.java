package io.jobaudit.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server as a process, whoever started it. */
final class ServerProcess {

	private static final Logger LOG = LoggerFactory.getLogger(ServerProcess.class);

	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

	private ServerProcess() {
	}

	/** Stops the server on the given data, if one runs. */
	static void stop(Path cluster) throws IOException {
		Optional<ProcessHandle> server = find(cluster);
		if (server.isPresent()) {
			stop(server.get());
		}
	}

	/** Whether a server runs on the given data. */
	static boolean isRunning(Path cluster) throws IOException {
		return find(cluster).isPresent();
	}

	private static void stop(ProcessHandle server) throws IOException {
		LOG.info("Stopping the embedded PostgreSQL, process {}", server.pid());
		try {
			interrupt(server);
			server.onExit().get(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | TimeoutException ex) {
			LOG.warn("The embedded PostgreSQL, process {}, does not stop within {}, killing it", server.pid(),
					STOP_TIMEOUT, ex);
			server.destroyForcibly();
		}
	}

	private static Optional<ProcessHandle> find(Path cluster) throws IOException {
		Path pidFile = cluster.resolve("postmaster.pid");
		if (!Files.exists(pidFile)) {
			return Optional.empty();
		}
		String pid = Files.readString(pidFile).lines().findFirst().orElse("").strip();
		// The number may belong to another program by now.
		return pid.matches("\\d+") ? ProcessHandle.of(Long.parseLong(pid)).filter(ServerProcess::isPostgres)
				: Optional.empty();
	}

	private static boolean isPostgres(ProcessHandle process) {
		return process.info()
			.command()
			.map((command) -> Path.of(command).getFileName().toString())
			.orElse("")
			.startsWith("postgres");
	}

	/**
	 * SIGINT is PostgreSQL's fast shutdown: transactions are rolled back, data is left
	 * clean.
	 */
	private static void interrupt(ProcessHandle process) throws IOException, InterruptedException {
		new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
	}

}
