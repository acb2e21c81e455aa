package io.jobaudit.fetch.api;

/** Where access keys come from. */
public interface CredentialsSource {

	/**
	 * Gives the key to sign the next call with.
	 * @throws CredentialsException when there is none
	 */
	Credentials get();

	/**
	 * Reads the key from its origin again, unless that was done since the expired one was
	 * given.
	 * @param expired the key that the API no longer takes
	 */
	void renew(Credentials expired);

}
