package io.jobaudit.ledger;

import java.util.Map;

import io.jobaudit.Account;
import io.jobaudit.ids.CsvInput;
import org.jspecify.annotations.Nullable;

/**
 * What a run is opened with.
 *
 * @param account name of the cloud account
 * @param region region of the jobs
 * @param input the ids
 * @param lineage the earlier run whose ids they are, null for none
 * @param version version of job-audit
 * @param settings settings that shape the run; never a secret
 * @param fresh whether to ignore an unfinished run of the same input
 */
public record RunOpening(Account account, String region, CsvInput input, @Nullable ParentRun lineage, String version,
		Map<String, String> settings, boolean fresh) {

	public RunOpening {
		settings = Map.copyOf(settings);
	}

}
