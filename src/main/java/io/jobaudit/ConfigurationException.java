package io.jobaudit;

import org.jspecify.annotations.Nullable;

/** A setting, or a file that settings name, is wrong: the message says which and how. */
public class ConfigurationException extends AuditException {

	private static final long serialVersionUID = 1L;

	public ConfigurationException(String message) {
		this(message, null);
	}

	public ConfigurationException(String message, @Nullable Throwable cause) {
		super(ExitStatus.CONFIGURATION, message, cause);
	}

}
