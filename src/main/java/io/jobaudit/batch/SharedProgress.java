package io.jobaudit.batch;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.jobaudit.Outcome;
import io.jobaudit.batch.RunObserver.SharedEnding;
import io.jobaudit.fetch.ApiUsage;
import io.jobaudit.fetch.api.ApiProperties;
import io.jobaudit.ledger.AuditRun;
import io.jobaudit.ledger.SharedRuns.PartProgress;

/** The progress of shared runs, as one process sees it. Thread-safe. */
public interface SharedProgress {

	/** Name of the process, the same after a restart. */
	String node();

	/** What this process is doing. */
	NodeReading reading();

	/** All shared runs in progress of its accounts, whichever process fetches them. */
	List<SharedReading> runs();

	/** How a run ended; empty if it has not ended but is no longer shared. */
	Optional<SharedEnding> ending(AuditRun run);

	/**
	 * What a process is doing.
	 *
	 * @param parts parts that it is fetching
	 * @param lost tasks that other processes took over because its heartbeats were
	 * missing
	 * @param heartbeat age of its last heartbeat, as a share of the time after which
	 * other processes take over its tasks
	 */
	record NodeReading(int parts, long lost, double heartbeat) {
	}

	/**
	 * A run in progress.
	 *
	 * @param api settings of its account
	 * @param usage the calls of all processes
	 */
	record SharedReading(AuditRun run, ApiProperties api, Instant startedAt, Map<Outcome, Long> outcomes, long pending,
			ApiUsage usage, PartProgress parts) {
	}

}
