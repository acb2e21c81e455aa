package io.jobaudit.cluster;

import java.util.Locale;

import io.jobaudit.Account;

/**
 * Kinds of tasks. The name of a task contains a format version and the account, so that a
 * process takes only tasks whose version and account it knows.
 */
enum TaskKind {

	IMPORT, FETCH, CLOSE;

	/** The task that ends a night needs no account. */
	static final String NIGHT = "night/1";

	String task(Account account) {
		return prefix() + account.name();
	}

	boolean is(String task) {
		return task.startsWith(prefix());
	}

	private String prefix() {
		return name().toLowerCase(Locale.ROOT) + "/1:";
	}

}
