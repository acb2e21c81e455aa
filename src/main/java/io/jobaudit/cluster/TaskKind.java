package io.jobaudit.cluster;

import java.util.Locale;

import io.jobaudit.Account;

/**
 * Kinds of tasks. The name of a task has the version of its form, and the account: a
 * process leaves what it does not know, and accounts that it has no key for, to others.
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
