package io.jobaudit;

/**
 * Name of a cloud account: whose jobs, runs and prices they are, where several accounts
 * share a database. A blank one is refused where the setting is read, so that its failure
 * can be reported under the name that was given.
 *
 * @param name the name as {@code audit.account} has it
 */
public record Account(String name) {

	@Override
	public String toString() {
		return this.name;
	}

}
