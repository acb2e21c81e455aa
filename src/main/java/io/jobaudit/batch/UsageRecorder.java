package io.jobaudit.batch;

import io.jobaudit.RunId;
import io.jobaudit.fetch.ApiUsage;
import io.jobaudit.fetch.SmartJobFetch;
import io.jobaudit.ledger.Runs;

/** Adds the API calls made since the last time to the run's counts. */
final class UsageRecorder {

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
		ApiUsage usage = this.fetch.usage();
		this.runs.addUsage(this.runId, usage.since(this.recorded));
		this.recorded = usage;
	}

}
