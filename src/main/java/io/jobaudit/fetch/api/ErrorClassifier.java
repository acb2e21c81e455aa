package io.jobaudit.fetch.api;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The table of error classes: first the code, then the status. */
final class ErrorClassifier {

	private static final Set<String> TRANSIENT_CODES = Set.of("internalerror", "serviceunavailable",
			"signaturenonceused");

	private static final Set<String> FATAL_CODES = Set.of("signaturedoesnotmatch", "incompletesignature",
			"invalidaction.notfound", "invalidapi.notfound", "invalidproduct.notfound", "nosuchversion");

	private static final List<String> FATAL_PREFIXES = List.of("invalidaccesskeyid", "forbidden", "nopermission",
			"operationdenied", "invalidtimestamp", "invalidsecuritytoken.");

	private final List<String> notFoundCodes;

	/**
	 * Creates the table.
	 * @param notFoundCodes codes that mean the id is unknown; a leading {@code *} stands
	 * for anything
	 */
	ErrorClassifier(List<String> notFoundCodes) {
		this.notFoundCodes = notFoundCodes.stream().map((code) -> code.toLowerCase(Locale.ROOT)).toList();
	}

	/**
	 * Finds the class.
	 * @param httpStatus HTTP status of the answer
	 * @param code the vendor's error code, may be empty
	 * @param hint how long the API asks to wait, zero when it does not say
	 */
	ErrorClass classify(int httpStatus, String code, Duration hint) {
		String lower = code.toLowerCase(Locale.ROOT);
		if (isThrottling(httpStatus, lower, hint)) {
			return ErrorClass.THROTTLED;
		}
		if (lower.equals("invalidsecuritytoken.expired")) {
			return ErrorClass.TOKEN;
		}
		if (FATAL_CODES.contains(lower) || FATAL_PREFIXES.stream().anyMatch(lower::startsWith)) {
			return ErrorClass.FATAL;
		}
		if (TRANSIENT_CODES.contains(lower)) {
			return ErrorClass.TRANSIENT;
		}
		if (this.notFoundCodes.stream().anyMatch((pattern) -> matches(lower, pattern))) {
			return ErrorClass.NOT_FOUND;
		}
		if (lower.startsWith("invalidparameter") || lower.equals("missingparameter")) {
			return ErrorClass.REFUSED;
		}
		return isUnknownClientError(httpStatus) ? ErrorClass.UNKNOWN : ErrorClass.TRANSIENT;
	}

	private static boolean isThrottling(int httpStatus, String code, Duration hint) {
		return code.contains("throttling") || code.startsWith("requeststoofrequent") || httpStatus == 429
				|| hint.toNanos() > 0;
	}

	private static boolean isUnknownClientError(int httpStatus) {
		return httpStatus >= 400 && httpStatus < 500 && httpStatus != 408;
	}

	private static boolean matches(String code, String pattern) {
		return pattern.startsWith("*") ? code.endsWith(pattern.substring(1)) : code.equals(pattern);
	}

}
