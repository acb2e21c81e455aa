package io.jobaudit.fetch.api;

import java.util.List;
import java.util.Locale;

/**
 * An answer after which no call can succeed: bad key, no permission, wrong clock, wrong
 * endpoint.
 */
public class FatalAnswerException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private static final List<String> CONFIGURATION = List.of("invalidaction", "invalidapi", "invalidproduct",
			"nosuchversion");

	private final boolean configuration;

	public FatalAnswerException(String action, ApiError error) {
		super("the API refuses every call: " + error.describe() + "; " + advice(action, error.code()));
		this.configuration = isConfiguration(error.code());
	}

	/**
	 * Whether the endpoint is the wrong one; otherwise it is about credentials or
	 * permission.
	 */
	public boolean isConfiguration() {
		return this.configuration;
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
