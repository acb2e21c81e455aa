package io.jobaudit.batch;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

import io.jobaudit.ClosingStatement;
import io.jobaudit.Outcome;
import io.jobaudit.RunId;
import io.jobaudit.fetch.ApiUsage;
import io.jobaudit.fetch.SmartJobFetch;
import io.jobaudit.ledger.Runs;
import org.springframework.transaction.support.TransactionOperations;

/**
 * A run's figures while it runs: taken from the ledger, then kept in memory, so that
 * reading them costs no query. Written by the run's thread, read by any.
 */
public final class RunFigures {

	/** What a run is doing. */
	public enum Phase {

		/** Input lines are stored. */
		IMPORT,

		/** Ids get their outcomes. */
		FETCH,

		/** The run is closed and reports are written. */
		REPORT

	}

	/**
	 * The figures at one moment.
	 *
	 * @param distinctIds ids of the run, 0 until the import is complete
	 * @param outcomes ids by outcome, those of earlier attempts at the run too
	 * @param configuredRate calls per second that are configured, 0 for no limit
	 * @param currentRate calls per second that are allowed at the moment, 0 for no limit
	 */
	public record Reading(Phase phase, long linesRead, long distinctIds, Map<Outcome, Long> outcomes, long failedJobs,
			ApiUsage usage, double configuredRate, double currentRate) {

		public Reading {
			outcomes = Map.copyOf(outcomes);
		}

		public long decided() {
			return this.outcomes.values().stream().mapToLong(Long::longValue).sum();
		}

		public long count(Outcome outcome) {
			return this.outcomes.getOrDefault(outcome, 0L);
		}

	}

	private final Supplier<ApiUsage> usage;

	private final Supplier<Double> currentRate;

	private final double configuredRate;

	private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);

	private Phase phase = Phase.IMPORT;

	private long linesRead;

	private long distinctIds;

	private long failedJobs;

	RunFigures(Supplier<ApiUsage> usage, double configuredRate, Supplier<Double> currentRate) {
		this.usage = usage;
		this.configuredRate = configuredRate;
		this.currentRate = currentRate;
	}

	public synchronized Reading read() {
		return new Reading(this.phase, this.linesRead, this.distinctIds, this.outcomes, this.failedJobs,
				this.usage.get(), this.configuredRate, this.currentRate.get());
	}

	synchronized void imported(int lines) {
		this.linesRead += lines;
	}

	/** Fetching starts, or starts again after an outage, from what the ledger has. */
	synchronized void fetching(ClosingStatement statement) {
		this.phase = Phase.FETCH;
		this.distinctIds = statement.distinctIds();
		this.failedJobs = statement.failedJobs();
		this.outcomes.clear();
		this.outcomes.putAll(statement.outcomes());
	}

	synchronized void decided(Outcome outcome, boolean failed) {
		this.outcomes.merge(outcome, 1L, Long::sum);
		this.failedJobs += failed ? 1 : 0;
	}

	synchronized void reporting() {
		this.phase = Phase.REPORT;
	}

	/** Adds the API calls made since the last time to the run's counts. */
	static final class UsageRecorder {

		private final SmartJobFetch fetch;

		private final Runs runs;

		private final RunId runId;

		private ApiUsage recorded;

		/**
		 * Creates a recorder.
		 * @param recorded usage that is recorded already
		 */
		UsageRecorder(SmartJobFetch fetch, Runs runs, RunId runId, ApiUsage recorded) {
			this.fetch = fetch;
			this.runs = runs;
			this.runId = runId;
			this.recorded = recorded;
		}

		void record() {
			record(TransactionOperations.withoutTransaction(), () -> {
			});
		}

		/** With what is written in the same transaction; counted only when committed. */
		void record(TransactionOperations transaction, Runnable write) {
			ApiUsage usage = this.fetch.usage();
			transaction.executeWithoutResult((status) -> {
				write.run();
				this.runs.addUsage(this.runId, usage.since(this.recorded));
			});
			this.recorded = usage;
		}

	}

}
