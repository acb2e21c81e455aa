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

/** The work that a process shares with others; any thread may ask how far it is. */
public interface SharedProgress {

	/** Name of the process, without what each start has of its own. */
	String node();

	/** What the process does itself. */
	NodeReading reading();

	/** The runs in progress of all its accounts, whichever process fetches them. */
	List<SharedReading> runs();

	/** How a run ended; empty when it did not, but is no longer shared. */
	Optional<SharedEnding> ending(AuditRun run);

	/**
	 * What a process does.
	 *
	 * @param parts parts that it fetches
	 * @param lost parts that it had to give to others, since it gave no sign of life
	 * @param heartbeat age of its last sign of life, as a share of the time after which
	 * others take its tasks
	 */
	record NodeReading(int parts, long lost, double heartbeat) {
	}

	/**
	 * A run in progress.
	 *
	 * @param api what is set for its account
	 * @param usage the calls of all processes
	 */
	record SharedReading(AuditRun run, ApiProperties api, Instant startedAt, Map<Outcome, Long> outcomes, long pending,
			ApiUsage usage, PartProgress parts) {
	}

}
