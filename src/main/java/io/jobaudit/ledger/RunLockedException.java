package io.jobaudit.ledger;

/** Another run works for the same account; the message says which and since when. */
public class RunLockedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	RunLockedException(String account, String holder) {
		super("another run holds the lock of account " + account + ": " + holder);
	}

}
