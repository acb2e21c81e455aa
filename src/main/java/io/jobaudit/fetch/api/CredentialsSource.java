package io.jobaudit.fetch.api;

/** Where access keys come from. */
public interface CredentialsSource {

	/**
	 * Returns the key to sign the next call with.
	 * @throws CredentialsException when there is none
	 */
	Credentials get();

	/**
	 * Reads the key from its origin again, unless there is another one already.
	 * @param refused the key that the API does not accept
	 * @return whether there is another one now
	 */
	boolean renew(Credentials refused);

}
