package io.jobaudit.cli;

import java.sql.SQLException;

import io.jobaudit.billing.MonthCloseException;
import io.jobaudit.billing.OtherZoneException;
import io.jobaudit.billing.PriceFileException;
import io.jobaudit.fetch.ApiOutageException;
import io.jobaudit.fetch.ListingFailedException;
import io.jobaudit.fetch.api.CredentialsException;
import io.jobaudit.fetch.api.FatalAnswerException;
import io.jobaudit.ids.BadInputException;
import io.jobaudit.ids.IdsDatabaseException;
import io.jobaudit.ledger.RunLockedException;
import io.jobaudit.report.ClosedInOtherZoneException;
import io.jobaudit.report.ReportNotWrittenException;
import io.jobaudit.report.definition.ReportDefinitionException;
import io.jobaudit.report.subject.UnknownRunException;
import io.jobaudit.store.DatabaseOutage;
import io.jobaudit.store.DatabaseUrlException;
import io.jobaudit.store.embedded.EmbeddedDatabaseException;
import org.springframework.boot.context.config.ConfigDataException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyNameException;
import org.yaml.snakeyaml.error.YAMLException;

/** Exit codes as sysexits.h has them, and which failure ends with which. */
final class ExitCode {

	static final int COMPLETE = 0;

	static final int USAGE = 64;

	static final int INPUT = 65;

	static final int UNAVAILABLE = 69;

	static final int INTERNAL = 70;

	static final int REPORT = 73;

	static final int LOCKED = 75;

	static final int PERMISSION = 77;

	static final int CONFIGURATION = 78;

	private ExitCode() {
	}

	/** Exit code of a failure: that of the first cause that has one, else 70. */
	static int of(Throwable failure) {
		if (DatabaseOutage.isCauseOf(failure)) {
			return UNAVAILABLE;
		}
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			int code = ofType(cause);
			if (code != INTERNAL) {
				return code;
			}
		}
		return INTERNAL;
	}

	private static int ofType(Throwable failure) {
		if (failure instanceof MonthCloseException) {
			return USAGE;
		}
		if (failure instanceof BadInputException || failure instanceof UnknownRunException) {
			return INPUT;
		}
		if (failure instanceof ApiOutageException || failure instanceof ListingFailedException
				|| failure instanceof EmbeddedDatabaseException) {
			return UNAVAILABLE;
		}
		if (failure instanceof ReportNotWrittenException) {
			return REPORT;
		}
		if (failure instanceof CredentialsException) {
			return PERMISSION;
		}
		if (failure instanceof FatalAnswerException fatal) {
			return fatal.isConfiguration() ? CONFIGURATION : PERMISSION;
		}
		if (failure instanceof RunLockedException) {
			return LOCKED;
		}
		if (failure instanceof SQLException sql) {
			return ofSql(sql);
		}
		return isConfiguration(failure) ? CONFIGURATION : INTERNAL;
	}

	/**
	 * By SQLSTATE class: 28 and 42501 are rights, 3D is a database that does not exist.
	 */
	private static int ofSql(SQLException failure) {
		String state = (failure.getSQLState() != null) ? failure.getSQLState() : "";
		if (state.startsWith("28") || state.equals("42501")) {
			return PERMISSION;
		}
		return state.startsWith("3D") ? CONFIGURATION : INTERNAL;
	}

	private static boolean isConfiguration(Throwable failure) {
		return failure instanceof BindException || failure instanceof UnknownSettingException
				|| failure instanceof DatabaseUrlException
				|| failure instanceof InvalidConfigurationPropertyNameException
				|| failure instanceof ConfigDataException || failure instanceof ReportDefinitionException
				|| failure instanceof YAMLException || failure instanceof PriceFileException
				|| failure instanceof OtherZoneException || failure instanceof IdsDatabaseException
				|| failure instanceof ClosedInOtherZoneException;
	}

}
