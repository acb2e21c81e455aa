package io.jobaudit.batch;

import io.jobaudit.RunId;
import io.jobaudit.fetch.ApiUsage;
import io.jobaudit.fetch.SmartJobFetch;
import io.jobaudit.ledger.Runs;

/** Adds to the run what the API was asked for since the last time. */
final class UsageRecorder {

	private final SmartJobFetch fetch;

	private final Runs runs;

	private final RunId runId;

	private ApiUsage recorded;

	/**
	 * Creates a recorder.
	 * @param recorded what needs no recording, because it has been recorded before
	 */
	UsageRecorder(SmartJobFetch fetch, Runs runs, RunId runId, ApiUsage recorded) {
		this.fetch = fetch;
		this.runs = runs;
		this.runId = runId;
		this.recorded = recorded;
	}

	void record() {
		ApiUsage usage = this.fetch.usage();
		this.runs.addUsage(this.runId, usage.since(this.recorded));
		this.recorded = usage;
	}

}
