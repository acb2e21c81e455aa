package io.jobaudit.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
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

	private static final String PID_FILE = "postmaster.pid";

	/** Of the file: process, data directory, time of start in seconds. */
	private static final int LINES = 3;

	/** The server notes the time a little after its process has begun. */
	private static final Duration START_TOLERANCE = Duration.ofSeconds(10);

	private ServerProcess() {
	}

	static void stop(Path cluster) throws IOException {
		Optional<ProcessHandle> server = find(cluster);
		if (server.isPresent()) {
			stop(server.get());
		}
	}

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

	/**
	 * Deletes what a server left that is gone, if its number is another process's by now:
	 * PostgreSQL would take that one for a server on the same data.
	 */
	static void forgetStale(Path cluster) throws IOException {
		Path pidFile = cluster.resolve(PID_FILE);
		if (Files.exists(pidFile) && !isRunning(cluster)) {
			LOG.debug("{} names no server on this data, deleting it", pidFile);
			Files.delete(pidFile);
		}
	}

	private static Optional<ProcessHandle> find(Path cluster) throws IOException {
		Path pidFile = cluster.resolve(PID_FILE);
		List<String> lines = Files.exists(pidFile) ? Files.readAllLines(pidFile) : List.of();
		if (lines.size() < LINES || !lines.get(0).strip().matches("\\d+") || !lines.get(2).strip().matches("\\d+")) {
			return Optional.empty();
		}
		Instant startedAt = Instant.ofEpochSecond(Long.parseLong(lines.get(2).strip()));
		return ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
			.filter((process) -> isServer(process.info(), cluster, startedAt));
	}

	/**
	 * The number may belong to another process by now, and that may be another
	 * PostgreSQL: only the data directory and the time of start tell.
	 */
	private static boolean isServer(ProcessHandle.Info process, Path cluster, Instant startedAt) {
		boolean onThisData = Arrays.asList(process.arguments().orElse(new String[0])).contains(cluster.toString());
		return onThisData && process.startInstant()
			.filter((start) -> Duration.between(start, startedAt).abs().compareTo(START_TOLERANCE) <= 0)
			.isPresent();
	}

	/**
	 * SIGINT is the fast shutdown: transactions are rolled back, data is clean. A small
	 * image has a shell, which knows the command, but no program of that name.
	 */
	private static void interrupt(ProcessHandle process) throws IOException, InterruptedException {
		new ProcessBuilder("sh", "-c", "kill -INT " + process.pid()).start().waitFor();
	}

}
