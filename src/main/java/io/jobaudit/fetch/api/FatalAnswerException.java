package io.jobaudit.fetch.api;

import java.util.List;
import java.util.Locale;

import io.jobaudit.AuditException;
import io.jobaudit.ExitStatus;

/**
 * An answer after which no call can succeed: bad key, no permission, wrong clock, wrong
 * endpoint.
 */
public class FatalAnswerException extends AuditException {

	private static final long serialVersionUID = 1L;

	private static final List<String> CONFIGURATION = List.of("invalidaction", "invalidapi", "invalidproduct",
			"nosuchversion");

	public FatalAnswerException(String action, ApiError error) {
		super(isConfiguration(error.code()) ? ExitStatus.CONFIGURATION : ExitStatus.PERMISSION,
				"the API refuses every call: " + error.describe() + "; " + advice(action, error.code()));
	}

	private static boolean isConfiguration(String code) {
		return CONFIGURATION.stream().anyMatch(code.toLowerCase(Locale.ROOT)::startsWith);
	}

	private static String advice(String action, String code) {
		String lower = code.toLowerCase(Locale.ROOT);
		if (isConfiguration(code)) {
			return "check audit.api.endpoint and audit.api.region";
		}
		if (lower.startsWith("invalidtimestamp")) {
			return "set this machine's clock right";
		}
		if (lower.startsWith("forbidden") || lower.startsWith("nopermission") || lower.startsWith("operationdenied")) {
			return "allow ice:" + action + " to this key (config/ram-policy.json)";
		}
		return "check the access key and its secret or token";
	}

}
