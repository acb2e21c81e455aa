package io.jobaudit.simulator;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the simulator has seen so far. {@code calls} is the sum of {@code jobAnswers},
 * {@code listAnswers}, {@code throttled}, {@code notFound}, {@code badSignatures},
 * {@code replayedNonces}, {@code staleDates}, {@code otherErrors} and all {@code faults}.
 *
 * @param calls calls to the API, whatever their outcome
 * @param jobAnswers calls answered with a job
 * @param listAnswers calls answered with a page of the list
 * @param throttled calls beyond the account's rate, without faults that look like
 * throttling
 * @param notFound calls answered with {@code ResourceNotFound}
 * @param badSignatures calls whose signature is incomplete or wrong
 * @param replayedNonces calls with a nonce that was used before
 * @param staleDates calls whose date is more than 15 minutes away from the clock
 * @param otherErrors every other call: a wrong key, token or action, a refused id, ...
 * @param faults calls that failed on purpose; every fault is a key
 * @param maxCallsInAnySecond most calls of any kind that arrived within any one second
 * @param hintsBroken calls that arrived although a {@link Fault#RETRY_HINT} on the same
 * connection asked to wait longer: exact for a client that sends one call at a time; of
 * each further thread, one call may have been sent before the hint was read
 * @param worstHintBrokenMillis how much too early the worst of them arrived
 * @param maxCallsPerJobId most calls for one job id
 */
public record Statistics(long calls, long jobAnswers, long listAnswers, long throttled, long notFound,
		long badSignatures, long replayedNonces, long staleDates, long otherErrors, Map<Fault, Long> faults,
		int maxCallsInAnySecond, long hintsBroken, long worstHintBrokenMillis, int maxCallsPerJobId) {

	public Statistics {
		faults = Collections.unmodifiableMap(new TreeMap<>(faults));
	}

}
