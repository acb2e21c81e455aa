package io.jobaudit.simulator;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * How the simulator behaves.
 *
 * @param port port on the loopback interface; 0 for any that is free
 * @param securityToken STS token that every call must bring; null for none
 * @param rate calls that the account may make in any second; 0 for no limit
 * @param faults shares of calls (0 to 1, together at most 1) that fail
 * @param maxFaultsInARow maximum number of faults before a job id gets its answer; 0 for
 * no limit
 * @param seed what faults and latencies are drawn from
 * @param listedJobs ids that ListSmartJobs lists, of those that are answered with a job
 * @param isLater whether time has passed: unfinished jobs have finished, and some failed
 * ones were run again
 */
public record SimulatorOptions(int port, String accessKeyId, String accessKeySecret, @Nullable String securityToken,
		int rate, Duration minLatency, Duration maxLatency, Map<Fault, Double> faults, int maxFaultsInARow, long seed,
		List<String> listedJobs, boolean isLater) {

	private static final int MAX_PORT = 65_535;

	public SimulatorOptions {
		faults = Collections.unmodifiableMap(new TreeMap<>(faults));
		listedJobs = List.copyOf(listedJobs);
		require(port >= 0 && port <= MAX_PORT, "port takes 0 to " + MAX_PORT, port);
		require(rate >= 0, "rate takes calls per second, or 0 for no limit", rate);
		require(maxFaultsInARow >= 0, "maxFaultsInARow takes 1 or more, or 0 for no limit", maxFaultsInARow);
		require(!minLatency.isNegative() && minLatency.compareTo(maxLatency) <= 0,
				"latency takes a time, or a range with the shorter time first", minLatency + " to " + maxLatency);
		require(faults.values().stream().allMatch((share) -> share >= 0), "a fault's share takes 0 to 1", faults);
		// rounding: the shares of a mix may exceed 1 slightly
		require(sum(faults) <= 1 + 1e-9, "the shares of all faults must add up to at most 1", faults);
	}

	/** No time has passed. */
	public SimulatorOptions(int port, String accessKeyId, String accessKeySecret, @Nullable String securityToken,
			int rate, Duration minLatency, Duration maxLatency, Map<Fault, Double> faults, int maxFaultsInARow,
			long seed, List<String> listedJobs) {
		this(port, accessKeyId, accessKeySecret, securityToken, rate, minLatency, maxLatency, faults, maxFaultsInARow,
				seed, listedJobs, false);
	}

	/** Any port, key {@code simulator}, no limit, no latency, no faults. */
	public static SimulatorOptions defaults() {
		return new SimulatorOptions(0, "simulator", "simulator-secret", null, 0, Duration.ZERO, Duration.ZERO, Map.of(),
				2, 1, List.of());
	}

	public SimulatorOptions withPort(int value) {
		return new SimulatorOptions(value, this.accessKeyId, this.accessKeySecret, this.securityToken, this.rate,
				this.minLatency, this.maxLatency, this.faults, this.maxFaultsInARow, this.seed, this.listedJobs,
				this.isLater);
	}

	public SimulatorOptions withRate(int callsPerSecond) {
		return new SimulatorOptions(this.port, this.accessKeyId, this.accessKeySecret, this.securityToken,
				callsPerSecond, this.minLatency, this.maxLatency, this.faults, this.maxFaultsInARow, this.seed,
				this.listedJobs, this.isLater);
	}

	public SimulatorOptions withLatency(Duration min, Duration max) {
		return new SimulatorOptions(this.port, this.accessKeyId, this.accessKeySecret, this.securityToken, this.rate,
				min, max, this.faults, this.maxFaultsInARow, this.seed, this.listedJobs, this.isLater);
	}

	public SimulatorOptions withFaults(Map<Fault, Double> shares) {
		return new SimulatorOptions(this.port, this.accessKeyId, this.accessKeySecret, this.securityToken, this.rate,
				this.minLatency, this.maxLatency, shares, this.maxFaultsInARow, this.seed, this.listedJobs,
				this.isLater);
	}

	public SimulatorOptions withListedJobs(List<String> ids) {
		return new SimulatorOptions(this.port, this.accessKeyId, this.accessKeySecret, this.securityToken, this.rate,
				this.minLatency, this.maxLatency, this.faults, this.maxFaultsInARow, this.seed, ids, this.isLater);
	}

	/** The same some days later. */
	public SimulatorOptions later() {
		return new SimulatorOptions(this.port, this.accessKeyId, this.accessKeySecret, this.securityToken, this.rate,
				this.minLatency, this.maxLatency, this.faults, this.maxFaultsInARow, this.seed, this.listedJobs, true);
	}

	/** Shows everything except the secret and the token. */
	@Override
	public String toString() {
		return "port=" + this.port + " accessKeyId=" + this.accessKeyId + " rate=" + this.rate + " latency="
				+ this.minLatency + ".." + this.maxLatency + " faults=" + this.faults + " maxFaultsInARow="
				+ this.maxFaultsInARow + " seed=" + this.seed + " listedJobs=" + this.listedJobs.size();
	}

	private static double sum(Map<Fault, Double> faults) {
		return faults.values().stream().mapToDouble(Double::doubleValue).sum();
	}

	private static void require(boolean holds, String expected, Object found) {
		if (!holds) {
			throw new IllegalArgumentException(expected + ", but got " + found);
		}
	}

}
