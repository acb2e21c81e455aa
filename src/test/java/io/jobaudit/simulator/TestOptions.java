package io.jobaudit.simulator;

/** Options that only tests change. */
public final class TestOptions {

	private TestOptions() {
	}

	public static SimulatorOptions withAccessKey(SimulatorOptions options, String id, String secret) {
		return new SimulatorOptions(options.port(), id, secret, options.securityToken(), options.rate(),
				options.minLatency(), options.maxLatency(), options.faults(), options.maxFaultsInARow(), options.seed(),
				options.listedJobs());
	}

	public static SimulatorOptions withSecurityToken(SimulatorOptions options, String token) {
		return new SimulatorOptions(options.port(), options.accessKeyId(), options.accessKeySecret(), token,
				options.rate(), options.minLatency(), options.maxLatency(), options.faults(), options.maxFaultsInARow(),
				options.seed(), options.listedJobs());
	}

	public static SimulatorOptions withMaxFaultsInARow(SimulatorOptions options, int most) {
		return new SimulatorOptions(options.port(), options.accessKeyId(), options.accessKeySecret(),
				options.securityToken(), options.rate(), options.minLatency(), options.maxLatency(), options.faults(),
				most, options.seed(), options.listedJobs());
	}

	public static SimulatorOptions withSeed(SimulatorOptions options, long seed) {
		return new SimulatorOptions(options.port(), options.accessKeyId(), options.accessKeySecret(),
				options.securityToken(), options.rate(), options.minLatency(), options.maxLatency(), options.faults(),
				options.maxFaultsInARow(), seed, options.listedJobs());
	}

}
