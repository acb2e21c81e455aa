package io.jobaudit.fetch.api;

/** Bodies as the API client reads them, for the tests of other rooms. */
public final class ReadBody {

	private ReadBody() {
	}

	/**
	 * Any JSON object, whether or not it describes a job; no request id outside the body.
	 */
	public static JobAnswer of(byte[] bytes) {
		try {
			JsonBody body = JsonBody.parse(bytes);
			return new JobAnswer(200, "", body.object(), body.bytesReplaced(), body.duplicateFields());
		}
		catch (UnreadableBodyException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

}
