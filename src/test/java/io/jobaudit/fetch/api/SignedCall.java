package io.jobaudit.fetch.api;

import java.time.Clock;
import java.util.Map;
import java.util.UUID;

/**
 * A call as the API client signs it, for the tests of the receiving end.
 *
 * @param query the query as it is sent
 * @param headers all headers
 */
public record SignedCall(String query, Map<String, String> headers) {

	/** Signs with a key and a token. */
	public static SignedCall of(Map<String, String> query, String keyId, String secret, String token) {
		Acs3Signer signer = new Acs3Signer(Clock.systemUTC(), () -> UUID.randomUUID().toString());
		return new SignedCall(Acs3Signer.canonicalQuery(query), signer.headers("127.0.0.1:8080", "GetSmartHandleJob",
				"2020-11-09", query, new CredentialsSource.Credentials(keyId, secret, token)));
	}

}
