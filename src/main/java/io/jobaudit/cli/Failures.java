package io.jobaudit.cli;

import java.sql.SQLException;

import io.jobaudit.cli.terminal.LogFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.core.convert.ConversionFailedException;

/**
 * Tells an operator what went wrong: a sentence for what has a remedy, the whole story
 * for what is our fault.
 */
final class Failures {

	private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

	private Failures() {
	}

	/**
	 * Reports a failure on standard error.
	 * @return its exit code
	 */
	static int report(Throwable failure) {
		int code = ExitCode.of(failure);
		tell(describe(failure, code) + " (exit " + code + ")");
		if (code == ExitCode.INTERNAL) {
			LOG.error("The story behind exit {}", code, failure);
		}
		else {
			LOG.debug("The story behind exit {}", code, failure);
		}
		return code;
	}

	/**
	 * Says a sentence to the operator on standard error, in the form that it has.
	 */
	static void tell(String sentence) {
		if (LogFormat.inUse() == LogFormat.JSON) {
			LOG.error(sentence);
		}
		else {
			System.err.println("job-audit: " + sentence);
		}
	}

	/** A failure in one line. */
	static String describe(Throwable failure, int code) {
		Throwable telling = telling(failure, code);
		if (telling instanceof BindException bind) {
			return describe(bind);
		}
		if (telling instanceof SQLException) {
			return "the database: " + oneLine(telling);
		}
		return oneLine(telling);
	}

	/** The cause that the exit code stands for. */
	private static Throwable telling(Throwable failure, int code) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			boolean last = cause.getCause() == null || ExitCode.of(cause.getCause()) != code;
			if (last || cause instanceof BindException) {
				return cause;
			}
		}
		return failure;
	}

	/**
	 * What a record refused is said in its own words; what did not convert is said with
	 * name and value.
	 */
	private static String describe(BindException bind) {
		for (Throwable cause = bind; cause != null; cause = cause.getCause()) {
			if (cause instanceof ConversionFailedException conversion) {
				return "the setting %s is not a %s: \"%s\"".formatted(bind.getName(),
						conversion.getTargetType().getType().getSimpleName(), conversion.getValue());
			}
			if (cause.getCause() == null) {
				return oneLine(cause);
			}
		}
		return oneLine(bind);
	}

	private static String oneLine(Throwable failure) {
		String message = String.valueOf(failure.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
		return (failure.getMessage() != null) ? message : failure.getClass().getName();
	}

}
