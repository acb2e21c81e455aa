package io.jobaudit;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What went in and what came out, counted from the rows when the run closes.
 *
 * @param linesRead data lines, as the import counted them
 * @param duplicates rejected lines whose id came before
 * @param malformed rejected lines without a well-formed id
 * @param pending ids without outcome
 * @param storedJobs stored jobs of the ids fetched, unchanged or expired
 * @param failedJobs those of them in state Failed
 */
public record ClosingStatement(long linesRead, long distinctIds, long duplicates, long malformed,
		Map<Outcome, Long> outcomes, long pending, long storedJobs, long failedJobs) {

	/** The statement of nothing. */
	public static final ClosingStatement NONE = new ClosingStatement(0, 0, 0, 0, Map.of(), 0, 0, 0);

	public ClosingStatement {
		outcomes = Map.copyOf(outcomes);
	}

	/** The statement of both. */
	public ClosingStatement plus(ClosingStatement other) {
		Map<Outcome, Long> sum = new EnumMap<>(Outcome.class);
		for (Outcome outcome : Outcome.values()) {
			sum.put(outcome, count(outcome) + other.count(outcome));
		}
		return new ClosingStatement(this.linesRead + other.linesRead, this.distinctIds + other.distinctIds,
				this.duplicates + other.duplicates, this.malformed + other.malformed, sum, this.pending + other.pending,
				this.storedJobs + other.storedJobs, this.failedJobs + other.failedJobs);
	}

	public long count(Outcome outcome) {
		return this.outcomes.getOrDefault(outcome, 0L);
	}

	/** Whether lines and ids add up, pending ids included. */
	public boolean addsUp() {
		return this.linesRead == this.distinctIds + this.duplicates + this.malformed
				&& this.distinctIds == decided() + this.pending;
	}

	/** Whether everything that went in came out in exactly one bucket. */
	public boolean isReconciled() {
		return faults().isEmpty();
	}

	/**
	 * Rejects a run that does not add up.
	 * @throws NotReconciledException with what does not
	 */
	public void requireReconciled(RunId runId) {
		if (!isReconciled()) {
			throw new NotReconciledException(runId, this);
		}
	}

	/** What does not add up, one sentence each. */
	public List<String> faults() {
		List<String> faults = new ArrayList<>();
		check(faults, "lines read", this.linesRead, "distinct ids + duplicates + malformed",
				this.distinctIds + this.duplicates + this.malformed);
		check(faults, "distinct ids", this.distinctIds, "outcomes + pending", decided() + this.pending);
		check(faults, "pending", this.pending, "what a complete run has", 0);
		long known = count(Outcome.FETCHED) + count(Outcome.UNCHANGED) + count(Outcome.EXPIRED);
		check(faults, "stored jobs", this.storedJobs, "FETCHED + UNCHANGED + EXPIRED", known);
		return faults;
	}

	private long decided() {
		return this.outcomes.values().stream().mapToLong(Long::longValue).sum();
	}

	private static void check(List<String> faults, String what, long is, String against, long should) {
		if (is != should) {
			faults.add("%s is %d, but %s is %d".formatted(what, is, against, should));
		}
	}

	/** Outcomes in their order, those with no id too. */
	public Map<Outcome, Long> outcomesInOrder() {
		Map<Outcome, Long> all = new EnumMap<>(Outcome.class);
		for (Outcome outcome : Outcome.values()) {
			all.put(outcome, count(outcome));
		}
		return all;
	}

	/** The closing statement does not add up: the run has failed. */
	public static final class NotReconciledException extends AuditException {

		private static final long serialVersionUID = 1L;

		NotReconciledException(RunId runId, ClosingStatement statement) {
			super(ExitStatus.INTERNAL,
					"run " + runId + " does not reconcile: " + String.join("; ", statement.faults()));
		}

	}

}
