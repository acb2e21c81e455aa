package io.jobaudit.fetch.api;

/** Where access keys come from. */
public interface CredentialsSource {

	/**
	 * Returns the key to sign the next call with.
	 * @throws CredentialsException when there is none
	 */
	Credentials get();

	/**
	 * Reads the key from its origin again, unless that was done since the expired one was
	 * returned.
	 * @param expired the key that the API no longer accepts
	 */
	void renew(Credentials expired);

}
