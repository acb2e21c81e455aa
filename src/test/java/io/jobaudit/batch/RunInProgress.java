package io.jobaudit.batch;

import java.time.Duration;
import java.util.Map;

import io.jobaudit.ClosingStatement;
import io.jobaudit.OutageLog.Outage;
import io.jobaudit.Outcome;
import io.jobaudit.batch.RunFigures.FileInProgress;
import io.jobaudit.fetch.ApiUsage;
import org.jspecify.annotations.Nullable;

/** A run's figures, moved by a test as the run's thread moves them. */
public final class RunInProgress {

	private long calls;

	private double allowed;

	private @Nullable Duration apiOutage;

	private final RunFigures figures;

	/** A run that has just begun. */
	public RunInProgress(double rate) {
		this.allowed = rate;
		this.figures = new RunFigures(() -> new ApiUsage(this.calls, 0, 0, Duration.ZERO, Duration.ZERO), rate,
				() -> this.allowed, (listener) -> {
				}, () -> (this.apiOutage != null) ? new Outage("The API", this.apiOutage) : null);
	}

	public RunFigures figures() {
		return this.figures;
	}

	public void imported(int lines) {
		this.figures.imported(lines);
	}

	/** Fetching begins, or begins again. */
	public void fetching(long ids) {
		this.figures.fetching(new ClosingStatement(ids, ids, 0, 0, Map.of(), ids, 0, 0));
	}

	/** Ids that are answered by one call each. */
	public void answered(int ids, Outcome outcome, boolean failed) {
		this.calls += ids;
		decided(ids, outcome, failed);
	}

	/** Ids that need no call. */
	public void decided(int ids, Outcome outcome, boolean failed) {
		for (int id = 0; id < ids; id++) {
			this.figures.decided(outcome, failed);
		}
	}

	/** The API lets fewer calls through. */
	public void slowedTo(double rate) {
		this.allowed = rate;
	}

	/** The API answers no call for so long; null when it does. */
	public void apiAway(@Nullable Duration outage) {
		this.apiOutage = outage;
	}

	/** The database is away for so long, until something is written. */
	public void databaseAway(Duration outage) {
		this.figures.databaseAway(() -> new Outage("The database", outage));
	}

	public void reporting() {
		this.figures.reporting();
	}

	/** A report has so many rows by now, of so many jobs. */
	public void writing(String file, long rows, long jobs) {
		this.figures.writing(new FileInProgress(file, rows, jobs));
	}

}
