package io.jobaudit.simulator;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which calls fail. It depends on the seed, the job id and how many faults in a row that
 * id has met, not on the order of calls: so a run can be repeated.
 */
final class FaultPlan {

	private final Map<String, Integer> faultsInARow = new HashMap<>();

	/** The fault of the next call for a job id; empty if that call gets its answer. */
	synchronized Optional<PlannedFault> next(String jobId, SimulatorOptions options) {
		int inARow = this.faultsInARow.getOrDefault(jobId, 0);
		Optional<Fault> fault = exhausted(inARow, options) ? Optional.empty() : drawn(jobId, inARow, options);
		if (fault.isPresent()) {
			this.faultsInARow.put(jobId, inARow + 1);
		}
		else {
			this.faultsInARow.remove(jobId);
		}
		return fault.map((drawn) -> new PlannedFault(drawn, variant(jobId, inARow, options)));
	}

	private static boolean exhausted(int inARow, SimulatorOptions options) {
		return options.maxFaultsInARow() > 0 && inARow >= options.maxFaultsInARow();
	}

	private static Optional<Fault> drawn(String jobId, int inARow, SimulatorOptions options) {
		double left = Draw.share(options.seed(), jobId, inARow);
		for (Fault fault : Fault.values()) {
			left -= options.faults().getOrDefault(fault, 0.0);
			if (left < 0) {
				return Optional.of(fault);
			}
		}
		return Optional.empty();
	}

	private static int variant(String jobId, int inARow, SimulatorOptions options) {
		return (int) (Draw.bits(~options.seed(), jobId, inARow) >>> 33);
	}

}
