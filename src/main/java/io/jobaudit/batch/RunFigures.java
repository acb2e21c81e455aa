package io.jobaudit.batch;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.jobaudit.ClosingStatement;
import io.jobaudit.OutageLog.Outage;
import io.jobaudit.Outcome;
import io.jobaudit.fetch.ApiUsage;
import io.jobaudit.fetch.api.TimedApi.CallListener;
import io.jobaudit.ledger.UsageRow;
import org.jspecify.annotations.Nullable;

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
	 * @param outage what the run waits for, null for nothing
	 * @param file the report that is being written, null for none
	 */
	public record Reading(Phase phase, long linesRead, long distinctIds, Map<Outcome, Long> outcomes, long failedJobs,
			ApiUsage usage, double configuredRate, double currentRate, @Nullable Outage outage,
			@Nullable FileInProgress file) {

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

	/**
	 * A report while it is written.
	 *
	 * @param rows rows so far
	 * @param jobs all jobs of the reports, 0 while unknown
	 */
	public record FileInProgress(String name, long rows, long jobs) {
	}

	private final Supplier<ApiUsage> usage;

	private final Supplier<Double> currentRate;

	private final double configuredRate;

	private final Consumer<CallListener> listening;

	private final Supplier<@Nullable Outage> apiOutage;

	private @Nullable Supplier<Outage> databaseOutage;

	private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);

	/** What earlier processes of the run have used; null until it is needed. */
	private @Nullable ApiUsage usageBefore;

	private Phase phase = Phase.IMPORT;

	private long linesRead;

	private long distinctIds;

	private long failedJobs;

	private @Nullable FileInProgress file;

	private @Nullable ClosingStatement closing;

	RunFigures(Supplier<ApiUsage> usage, double configuredRate, Supplier<Double> currentRate,
			Consumer<CallListener> listening, Supplier<@Nullable Outage> apiOutage) {
		this.usage = usage;
		this.configuredRate = configuredRate;
		this.currentRate = currentRate;
		this.listening = listening;
		this.apiOutage = apiOutage;
	}

	public synchronized Reading read() {
		Outage outage = ((this.databaseOutage != null) ? this.databaseOutage : this.apiOutage).get();
		return new Reading(this.phase, this.linesRead, this.distinctIds, this.outcomes, this.failedJobs,
				this.usage.get(), this.configuredRate, this.currentRate.get(), outage, this.file);
	}

	/** The database is unavailable until something is written to it. */
	synchronized void databaseAway(Supplier<Outage> outage) {
		this.databaseOutage = outage;
	}

	synchronized void written() {
		this.databaseOutage = null;
	}

	/** Notifies a listener of every call; it replaces the previous one. */
	public void listen(CallListener listener) {
		this.listening.accept(listener);
	}

	synchronized void imported(int lines) {
		written();
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

	/** Writes the API calls of this process and of those before it. */
	void recordUsage(UsageRow row) {
		ApiUsage before = (this.usageBefore != null) ? this.usageBefore : row.read();
		this.usageBefore = before;
		row.write(before.plus(this.usage.get()));
	}

	synchronized void reporting() {
		this.phase = Phase.REPORT;
		this.file = null;
	}

	/** The ledger of the run no longer changes. */
	synchronized void closed(ClosingStatement statement) {
		this.closing = statement;
	}

	/** What the run was closed with; null while it is open. */
	synchronized @Nullable ClosingStatement closingStatement() {
		return this.closing;
	}

	synchronized void writing(FileInProgress report) {
		this.file = report;
	}

}
