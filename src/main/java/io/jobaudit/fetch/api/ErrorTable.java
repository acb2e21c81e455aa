package io.jobaudit.fetch.api;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.springframework.util.PatternMatchUtils;

/**
 * The vendor's error codes: what each one means, and how to fix what it reports. HTTP 429
 * or a retry hint means throttling; else the code decides before the HTTP status. The
 * first row that matches a code counts, and case does not matter.
 * <p>
 * Source: the vendor's documentation and SDK sources as of November 2026, and answers
 * that were seen. The reference page of the operation lists no codes of its own.
 */
final class ErrorTable {

	private static final CodeRow THROTTLING = row(ErrorClass.THROTTLED, Remedy.NONE, "*Throttling*",
			"RequestsTooFrequent*");

	private static final CodeRow TOKEN = row(ErrorClass.TOKEN, Remedy.CREDENTIALS, "InvalidSecurityToken.Expired",
			"SecurityTokenExpired");

	private static final List<CodeRow> OF_THE_ACCOUNT = List.of(TOKEN,
			row(ErrorClass.FATAL, Remedy.CREDENTIALS, "InvalidSecurityToken.*", "InvalidAccessKeyId*",
					"SignatureDoesNotMatch", "IncompleteSignature"),
			row(ErrorClass.FATAL, Remedy.PERMISSION, "Forbidden*", "NoPermission*", "OperationDenied*"),
			row(ErrorClass.FATAL, Remedy.CLOCK, "InvalidTimeStamp*"),
			row(ErrorClass.FATAL, Remedy.ENDPOINT, "InvalidAction.NotFound", "InvalidApi.NotFound",
					"InvalidProduct.NotFound", "NoSuchVersion"),
			row(ErrorClass.TRANSIENT, Remedy.NONE, "InternalError", "ServiceUnavailable", "SignatureNonceUsed"));

	private static final CodeRow REFUSED = row(ErrorClass.REFUSED, Remedy.NONE, "InvalidParameter*",
			"MissingParameter");

	private final List<CodeRow> rows;

	/**
	 * Completes the table.
	 * @param notFoundCodes codes that mean the id is unknown, which the vendor does not
	 * publish for this operation; a leading {@code *} matches anything
	 */
	ErrorTable(List<String> notFoundCodes) {
		CodeRow notFound = new CodeRow(ErrorClass.NOT_FOUND, Remedy.NONE, notFoundCodes);
		this.rows = Stream.concat(OF_THE_ACCOUNT.stream(), Stream.of(notFound, REFUSED)).toList();
	}

	/**
	 * Finds the class.
	 * @param httpStatus HTTP status of the answer
	 * @param code the vendor's error code, may be empty
	 * @param hint how long the API asks to wait, zero when it does not say
	 */
	ErrorClass classify(int httpStatus, String code, Duration hint) {
		if (isThrottling(httpStatus, code) || hint.toNanos() > 0) {
			return ErrorClass.THROTTLED;
		}
		return this.rows.stream()
			.filter((row) -> row.matches(code))
			.findFirst()
			.map(CodeRow::errorClass)
			.orElse(isUnknownClientError(httpStatus) ? ErrorClass.UNKNOWN : ErrorClass.TRANSIENT);
	}

	/** Whether an error says by its status or code that the account calls too often. */
	static boolean isThrottling(int httpStatus, String code) {
		return httpStatus == 429 || THROTTLING.matches(code);
	}

	/** Whether an error says that the security token has expired. */
	static boolean isToken(String code) {
		return TOKEN.matches(code);
	}

	/** How to fix what an error reports after which no call can succeed. */
	static Remedy remedy(String code) {
		return OF_THE_ACCOUNT.stream()
			.filter((row) -> row.matches(code))
			.findFirst()
			.map(CodeRow::remedy)
			.orElse(Remedy.CREDENTIALS);
	}

	private static CodeRow row(ErrorClass errorClass, Remedy remedy, String... codes) {
		return new CodeRow(errorClass, remedy, List.of(codes));
	}

	private static boolean isUnknownClientError(int httpStatus) {
		return httpStatus >= 400 && httpStatus < 500 && httpStatus != 408;
	}

	/** What an operator can do. */
	enum Remedy {

		CREDENTIALS("check the access key and its secret or token"),

		PERMISSION("allow ice:%s to this key (config/ram-policy.json)"),

		CLOCK("correct this machine's clock"),

		ENDPOINT("check audit.api.endpoint and audit.api.region"),

		NONE("");

		private final String advice;

		Remedy(String advice) {
			this.advice = advice;
		}

		/**
		 * Returns the advice as text.
		 * @param action name of the operation that was refused
		 */
		String advice(String action) {
			return this.advice.formatted(action);
		}

	}

	/** Codes with the same meaning; {@code *} matches anything. */
	private record CodeRow(ErrorClass errorClass, Remedy remedy, List<String> codes) {

		boolean matches(String code) {
			return this.codes.stream().anyMatch((pattern) -> PatternMatchUtils.simpleMatchIgnoreCase(pattern, code));
		}

	}

}
