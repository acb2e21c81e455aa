package io.jobaudit.cluster;

import io.jobaudit.batch.AuditLauncher.AuditRequest;
import io.jobaudit.batch.AuditedAccount;
import io.jobaudit.batch.StopRequest;
import io.jobaudit.fetch.AccountClient;

/**
 * An account that a process can work for.
 *
 * @param ids where the ids of a night come from
 */
public record WorkerAccount(AuditedAccount audited, NightIds ids) {

	public String name() {
		return this.audited.account().name();
	}

	/** Creates the request for a run. */
	@FunctionalInterface
	public interface NightIds {

		AuditRequest request(AccountClient client, StopRequest stop) throws Exception;

	}

}
