package io.jobaudit.ledger;

import io.jobaudit.Account;

/** The connection that held the run's lock is gone: nothing more may be committed. */
public class RunLockLostException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	RunLockLostException(Account account) {
		super("the run's lock of account " + account + " was lost with its connection");
	}

}
