package io.jobaudit.simulator;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.jobaudit.simulator.BrokenReply.Reply;

/**
 * Which calls fail. It depends on the seed, the job id and how many faults in a row that
 * id has met, not on the order of calls: so a run can be repeated.
 */
final class FaultPlan {

	private final Map<String, Integer> faultsInARow = new HashMap<>();

	/** The fault of the next call for a job id; empty if that call gets its answer. */
	synchronized Optional<PlannedFault> next(String jobId, SimulatorOptions options) {
		int inARow = this.faultsInARow.getOrDefault(jobId, 0);
		Optional<Fault> fault = options.maxFaultsInARow() > 0 && inARow >= options.maxFaultsInARow() ? Optional.empty()
				: drawn(jobId, inARow, options);
		if (fault.isPresent()) {
			this.faultsInARow.put(jobId, inARow + 1);
		}
		else {
			this.faultsInARow.remove(jobId);
		}
		return fault.map((drawn) -> new PlannedFault(drawn, variant(jobId, inARow, options)));
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

	/**
	 * A fault that a call will meet.
	 *
	 * @param variant chooses between the fault's forms
	 */
	record PlannedFault(Fault fault, int variant) {

		private static final int MIN_HINT = 200;

		private static final int MAX_HINT = 1_000;

		Reply reply(WholeReply proper, String requestId, String host) {
			return switch (this.fault) {
				case THROTTLE -> throttle().reply(requestId, host);
				case RETRY_HINT -> SimulatedError
					.other(oneIn(2) ? 429 : 503, SimulatedError.THROTTLED.code(), SimulatedError.THROTTLED.message())
					.reply(requestId, host)
					.withRetryAfter(hintMillis());
				case SERVER_ERROR -> serverError(requestId, host);
				case RESET -> BrokenReply::reset;
				case CUT_BODY -> BrokenReply.cut(proper);
				case HTML -> html();
				case STALL -> BrokenReply.stalled(proper);
				case ERROR_IN_200 -> errorIn200().reply(requestId, host);
				case DRIP -> BrokenReply.dripping(proper);
			};
		}

		/** How long a {@link Fault#RETRY_HINT} asks to wait. */
		int hintMillis() {
			return MIN_HINT + this.variant % (MAX_HINT - MIN_HINT + 1);
		}

		/** Whether the gateway in front of the service answers, and so at once. */
		boolean immediate() {
			return this.fault == Fault.THROTTLE || this.fault == Fault.RETRY_HINT;
		}

		private SimulatedError throttle() {
			return oneIn(4)
					? SimulatedError.other(403, "RequestsTooFrequent", "Request was denied due to request throttling.")
					: SimulatedError.THROTTLED;
		}

		private WholeReply serverError(String requestId, String host) {
			if (oneIn(2)) {
				return SimulatedError
					.other(503, "ServiceUnavailable", "The request has failed due to a temporary failure.")
					.lowerCaseReply(requestId);
			}
			return SimulatedError
				.other(500, "InternalError", "The request processing has failed due to an unknown error.")
				.reply(requestId, host);
		}

		private WholeReply html() {
			return oneIn(2) ? WholeReply.foreign(503, "text/html", "") : WholeReply.foreign(502, "text/html",
					"<html><head><title>502 Bad Gateway</title></head><body>502</body></html>");
		}

		private SimulatedError errorIn200() {
			return oneIn(2) ? SimulatedError.other(200, "SystemBusy", "The system is busy.") : SimulatedError.other(200,
					"InternalError", "The request processing has failed due to an unknown error.");
		}

		private boolean oneIn(int forms) {
			return this.variant % forms == 0;
		}

	}

}
