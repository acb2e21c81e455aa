package io.jobaudit.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import io.jobaudit.ExitStatus;
import io.jobaudit.simulator.Fault;
import io.jobaudit.simulator.Simulator;
import io.jobaudit.simulator.SimulatorOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the simulator alone, until a signal stops it. */
@Command(name = "simulator", description = "Runs the simulated API alone, on loopback, until it is stopped.")
final class SimulatorCommand extends AuditCommand {

	@Option(names = "--port", defaultValue = "8080", paramLabel = "N", description = "Port; default: ${DEFAULT-VALUE}.")
	private int port;

	@Option(names = "--rate", defaultValue = "0", paramLabel = "N",
			description = "Rate limit of the account in calls per second; default: none.")
	private int rate;

	@Option(names = "--latency", defaultValue = "50ms", paramLabel = "DURATION",
			description = "Time an answer takes, default: ${DEFAULT-VALUE}.")
	private Duration latency = Duration.ZERO;

	@Option(names = "--faults", defaultValue = "", paramLabel = "LIST",
			description = "Shares of calls that fail, e.g. throttle=0.02,reset=0.01 or storm=0.3.")
	private String faults = "";

	@Option(names = "--jobs", paramLabel = "FILE",
			description = "File of job ids, one per line, that ListSmartJobs returns; default: none.")
	private @Nullable Path jobs;

	@Override
	public Integer call() throws InterruptedException {
		SimulatorOptions options = options();
		try (Simulator simulator = Simulator.start(options)) {
			System.out.println("Simulator listening on " + simulator.endpoint() + "; statistics: "
					+ simulator.endpoint().resolve("/statistics"));
			System.out.println("export ALIBABA_CLOUD_ACCESS_KEY_ID=" + options.accessKeyId()
					+ " ALIBABA_CLOUD_ACCESS_KEY_SECRET=" + options.accessKeySecret() + " AUDIT_API_ENDPOINT="
					+ simulator.endpoint() + " AUDIT_API_REGION=cn-shanghai");
			new CountDownLatch(1).await();
		}
		return ExitStatus.COMPLETE.code();
	}

	private SimulatorOptions options() {
		Map<Fault, Double> shares = faults();
		List<String> listed = listedJobs();
		try {
			return SimulatorOptions.defaults()
				.withPort(this.port)
				.withRate(this.rate)
				.withLatency(this.latency, this.latency)
				.withFaults(shares)
				.withListedJobs(listed);
		}
		catch (IllegalArgumentException ex) {
			throw misuse("--" + ex.getMessage(), ex);
		}
	}

	private List<String> listedJobs() {
		try {
			return (this.jobs != null) ? Files.readAllLines(this.jobs) : List.of();
		}
		catch (IOException ex) {
			throw misuse("--jobs: cannot read " + ex.getMessage(), ex);
		}
	}

	private Map<Fault, Double> faults() {
		try {
			return Fault.parse(this.faults);
		}
		catch (IllegalArgumentException ex) {
			throw misuse("--faults: " + ex.getMessage(), ex);
		}
	}

}
