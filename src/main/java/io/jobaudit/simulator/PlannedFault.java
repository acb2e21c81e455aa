package io.jobaudit.simulator;

/**
 * A fault that a call will meet.
 *
 * @param fault fault
 * @param variant chooses between the fault's forms
 */
record PlannedFault(Fault fault, int variant) {

	private static final int MIN_HINT = 200;

	private static final int MAX_HINT = 1_000;

	/** The reply to the call instead of its proper answer. */
	Reply reply(WholeReply proper, String requestId, String host) {
		return switch (this.fault) {
			case THROTTLE -> throttle().reply(requestId, host);
			case RETRY_HINT -> hint().reply(requestId, host).withRetryAfter(hintMillis());
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

	private SimulatedError hint() {
		return SimulatedError.other(oneIn(2) ? 429 : 503, SimulatedError.THROTTLED.code(),
				SimulatedError.THROTTLED.message());
	}

	private WholeReply serverError(String requestId, String host) {
		if (oneIn(2)) {
			return SimulatedError.other(503, "ServiceUnavailable", "The request has failed due to a temporary failure.")
				.lowerCaseReply(requestId);
		}
		return SimulatedError.other(500, "InternalError", "The request processing has failed due to an unknown error.")
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
