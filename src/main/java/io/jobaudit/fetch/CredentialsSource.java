package io.jobaudit.fetch;

/** Where access keys come from. */
interface CredentialsSource {

	/**
	 * Gives the key to sign the next call with.
	 * @throws CredentialsException when there is none
	 */
	Credentials get();

	/** Reads the key from its origin again, for one that has expired. */
	void renew();

}
