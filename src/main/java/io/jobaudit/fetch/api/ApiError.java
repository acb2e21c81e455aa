package io.jobaudit.fetch.api;

import java.time.Duration;

import io.jobaudit.PostgresText;
import io.jobaudit.PrintableText;

/**
 * An answer other than the one asked for, or no answer at all.
 *
 * @param errorClass what to do about it
 * @param httpStatus HTTP status; 0 when there was no answer
 * @param code the vendor's error code, or ours where it gives none
 * @param message the vendor's message, or what went wrong
 * @param requestId the vendor's request id; empty for none
 * @param hint how long the API asks to wait; zero when it does not say
 * @param misdirected whether another host than the API answers, or one that is not
 * trusted
 */
public record ApiError(ErrorClass errorClass, int httpStatus, String code, String message, String requestId,
		Duration hint, boolean misdirected) implements ApiAnswer {

	private static final int MAX_MESSAGE = 2000;

	private static final int MAX_NAME = 200;

	public ApiError {
		code = PostgresText.cut(PrintableText.of(code), MAX_NAME);
		message = PostgresText.cut(PrintableText.of(message), MAX_MESSAGE);
		requestId = PostgresText.cut(PrintableText.of(requestId), MAX_NAME);
	}

	public ApiError(ErrorClass errorClass, int httpStatus, String code, String message, String requestId,
			Duration hint) {
		this(errorClass, httpStatus, code, message, requestId, hint, false);
	}

	static ApiError misdirected(int httpStatus, String code, String message) {
		return new ApiError(ErrorClass.TRANSIENT, httpStatus, code, message, "", Duration.ZERO, true);
	}

	public static ApiError transientFault(int httpStatus, String code, String message, String requestId) {
		return new ApiError(ErrorClass.TRANSIENT, httpStatus, code, message, requestId, Duration.ZERO);
	}

	/** The same error with another class. */
	ApiError as(ErrorClass other) {
		return new ApiError(other, this.httpStatus, this.code, this.message, this.requestId, this.hint);
	}

	/** Whether the API says that it throttles; otherwise only a retry hint made it so. */
	public boolean isThrottlingByName() {
		return ErrorTable.isThrottling(this.httpStatus, this.code);
	}

	/** Whether the API refuses the security token, even if it is new. */
	public boolean isToken() {
		return ErrorTable.isToken(this.code);
	}

	/**
	 * One line for logs and messages: status, code, message, request id; without an
	 * answer, only what went wrong.
	 */
	public String describe() {
		String answer = (this.httpStatus == 0) ? "" : "HTTP %d %s: ".formatted(this.httpStatus, this.code);
		String request = this.requestId.isEmpty() ? "" : " (request " + this.requestId + ")";
		return answer + this.message + request;
	}

}
