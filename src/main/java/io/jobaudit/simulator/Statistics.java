package io.jobaudit.simulator;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the simulator has seen so far. {@code calls} is the sum of {@code jobAnswers},
 * {@code listAnswers}, {@code throttled}, {@code notFound}, {@code badSignatures},
 * {@code replayedNonces}, {@code staleDates}, {@code otherErrors} and all {@code faults}.
 *
 * @param throttled calls beyond the account's rate, without faults that look like
 * throttling
 * @param staleDates calls whose date is more than 15 minutes away from the clock
 * @param otherErrors every other call: a wrong key, token or action, a refused id, ...
 * @param faults calls that failed on purpose; every fault is a key
 * @param hintsBroken calls that arrived although a {@link Fault#RETRY_HINT} on the same
 * connection asked to wait longer: exact for a client that sends one call at a time; of
 * each further thread, one call may have been sent before the hint was read
 */
public record Statistics(long calls, long jobAnswers, long listAnswers, long throttled, long notFound,
		long badSignatures, long replayedNonces, long staleDates, long otherErrors, Map<Fault, Long> faults,
		int maxCallsInAnySecond, long hintsBroken, long worstHintBrokenMillis, int maxCallsPerJobId) {

	public Statistics {
		faults = Collections.unmodifiableMap(new TreeMap<>(faults));
	}

	enum SimulatedOutcome {

		JOB, LIST, THROTTLED, NOT_FOUND, BAD_SIGNATURE, REPLAYED_NONCE, STALE_DATE, OTHER_ERROR

	}

}
