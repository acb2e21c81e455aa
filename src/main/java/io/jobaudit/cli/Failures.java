package io.jobaudit.cli;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.sql.SQLException;
import java.util.List;

import io.jobaudit.AuditException;
import io.jobaudit.ExitStatus;
import io.jobaudit.FailureReason;
import io.jobaudit.PrintableText;
import io.jobaudit.cli.UsageErrors.ValueKind;
import io.jobaudit.cli.terminal.LogFormat;
import io.jobaudit.store.FailureStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.config.ConfigDataException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyNameException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.convert.ConversionFailedException;
import org.yaml.snakeyaml.error.YAMLException;

/** Reports a failure: in a sentence, with the stack trace where the fault is ours. */
final class Failures {

	private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

	/** Exceptions of Spring and YAML that mean a wrong setting or file of settings. */
	private static final List<Class<? extends Throwable>> CONFIGURATION = List.of(BindException.class,
			InvalidConfigurationPropertyNameException.class, ConfigDataException.class, YAMLException.class);

	private static final String ROLES = "; connect as job_audit_writer, or as job_audit_owner to migrate, purge or erase"
			+ " (SPRING_DATASOURCE_USERNAME, sql/roles.sql)";

	private Failures() {
	}

	static int report(Throwable failure) {
		ExitStatus status = statusOf(failure);
		say(describe(failure) + " (exit " + status.code() + ")");
		if (status == ExitStatus.INTERNAL) {
			LOG.error("Stack trace for exit code {}", status.code(), failure);
		}
		else {
			LOG.debug("Stack trace for exit code {}", status.code(), failure);
		}
		return status.code();
	}

	static ExitStatus statusOf(Throwable failure) {
		if (failure instanceof InvalidPathException) {
			return ExitStatus.USAGE;
		}
		ExitStatus status = FailureStatus.of(failure);
		return (status == ExitStatus.INTERNAL && isConfiguration(failure)) ? ExitStatus.CONFIGURATION : status;
	}

	/** Writes a sentence to standard error, as text or as a JSON log line. */
	static void say(String said) {
		String sentence = PrintableText.of(said);
		if (LogFormat.inUse() == LogFormat.JSON) {
			LOG.error(sentence);
		}
		else {
			System.err.println("job-audit: " + sentence);
		}
	}

	static String describe(Throwable failure) {
		Throwable cause = decisive(failure);
		if (cause instanceof BindException bind) {
			return describe(bind);
		}
		if (cause instanceof InvalidPathException path) {
			return "\"%s\" is no file name in the locale of this process; set one with UTF-8, e.g. LC_ALL=C.UTF-8"
				.formatted(path.getInput());
		}
		if (cause instanceof SQLException sql) {
			return FailureStatus.isEncryptionMisconfigured(failure) ? encryption(cause)
					: "the database: " + FailureReason.of(cause) + ("42501".equals(sql.getSQLState()) ? ROLES : "");
		}
		return FailureReason.of(cause);
	}

	/** The deepest cause says what is wrong, after names of the JDK's classes. */
	private static String encryption(Throwable failure) {
		String reason = FailureReason.of(NestedExceptionUtils.getMostSpecificCause(failure))
			.replaceFirst("^([\\w.]+Exception: )+", "");
		return "the database: no encrypted connection: " + reason
				+ "; correct sslmode, sslrootcert or the host in SPRING_DATASOURCE_URL";
	}

	private static boolean isConfiguration(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (isAnyOf(CONFIGURATION, cause)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isAnyOf(List<Class<? extends Throwable>> types, Throwable failure) {
		return types.stream().anyMatch((type) -> type.isInstance(failure));
	}

	/**
	 * The last cause that has the status of the whole. Below our own words there are only
	 * a driver's or the system's.
	 */
	private static Throwable decisive(Throwable failure) {
		Throwable cause = failure.getCause();
		boolean isLast = failure instanceof BindException || cause == null || statusOf(cause) != statusOf(failure)
				|| (failure instanceof AuditException && !(cause instanceof AuditException));
		return (isLast || cause == null) ? failure : decisive(cause);
	}

	/** In the words of the record that rejects it, else by what the setting takes. */
	private static String describe(BindException bind) {
		Throwable cause = bind;
		while (cause.getCause() != null && !(cause instanceof ConversionFailedException)) {
			cause = cause.getCause();
		}
		return (cause instanceof ConversionFailedException conversion)
				? "%s takes %s, but got %s".formatted(bind.getName(),
						ValueKind.of(conversion.getTargetType().getType()), shown(conversion))
				: FailureReason.of(cause);
	}

	/** A URL may hold a token or a password, wherever it is mistyped. */
	private static String shown(ConversionFailedException conversion) {
		return (conversion.getTargetType().getType() == URI.class) ? "another text (not shown, it may hold a secret)"
				: "\"" + conversion.getValue() + "\"";
	}

}
