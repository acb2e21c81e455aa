package io.jobaudit.ledger;

import io.jobaudit.Account;
import io.jobaudit.AuditException;
import io.jobaudit.ExitStatus;

/** Another run of the same account is active; the message says which and since when. */
public class RunLockedException extends AuditException {

	private static final long serialVersionUID = 1L;

	RunLockedException(Account account, String holder) {
		super(ExitStatus.NOT_NOW, "another run holds the lock of account " + account + ": " + holder);
	}

}
