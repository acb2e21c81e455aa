package io.jobaudit.ledger;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a run is about.
 *
 * @param account name of the cloud account
 * @param region region that is asked
 * @param inputSource where the ids come from, as the operator named it
 * @param inputSha256 SHA-256 of the input's bytes in hex
 * @param idColumn column that is read, null when it is found by itself
 * @param version version of job-audit
 * @param settings settings that shape the run; never a secret
 * @param fresh whether to leave an unfinished run of the same input alone
 */
public record RunOpening(String account, String region, String inputSource, String inputSha256,
		@Nullable String idColumn, String version, Map<String, String> settings, boolean fresh) {

	public RunOpening {
		settings = Map.copyOf(settings);
	}

}
