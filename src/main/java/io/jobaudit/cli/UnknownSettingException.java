package io.jobaudit.cli;

import org.jspecify.annotations.Nullable;

/**
 * A setting of ours that there is not: a slip of the pen, which must not pass in silence.
 */
class UnknownSettingException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	UnknownSettingException(String name, @Nullable Object where, String nearest) {
		super("there is no setting %s%s; did you mean %s?".formatted(name, (where != null) ? " (" + where + ")" : "",
				nearest));
	}

}
