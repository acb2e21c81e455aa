package io.jobaudit.fetch.api;

import java.time.Clock;
import java.util.List;

/** Bodies as the API client reads them, for the tests of other rooms. */
public final class ReadBody {

	private static final AnswerReader READER = new AnswerReader(
			new ErrorTable(List.of("ResourceNotFound", "JobNotFound", "*.NotFound")), Clock.systemUTC(), null);

	private ReadBody() {
	}

	/**
	 * Any JSON object, whether or not it describes a job; no request id outside the body.
	 */
	public static ApiAnswer.JobAnswer of(byte[] bytes) {
		try {
			JsonBody body = JsonBody.parse(bytes);
			return new ApiAnswer.JobAnswer(200, "", body.object(), body.bytesReplaced(), body.duplicateFields());
		}
		catch (UnreadableBodyException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	/** The answer to any request, or the error that it is. */
	public static ApiAnswer of(ApiRequest asked, int status, byte[] bytes) {
		return READER.read(asked, status, (name) -> null, bytes);
	}

}
