package io.jobaudit.ledger;

import io.jobaudit.ClosingStatement;
import io.jobaudit.ExitStatus;
import io.jobaudit.Outcome;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits beyond which a complete run ends with an exit code other than 0.
 *
 * @param maxUnreadable unreadable and refused ids that are tolerated; more end the run
 * with exit code 3
 * @param maxFailedPercent failed jobs that are tolerated, in percent of the stored jobs;
 * more end the run with exit code 2; null tolerates any
 */
@ConfigurationProperties("audit.limits")
public record LimitsProperties(@DefaultValue("0") long maxUnreadable, @Nullable Double maxFailedPercent) {

	public LimitsProperties {
		if (maxUnreadable < 0) {
			throw new IllegalArgumentException("audit.limits.max-unreadable takes 0 or more, but got " + maxUnreadable);
		}
		if (maxFailedPercent != null && !(maxFailedPercent >= 0 && maxFailedPercent <= 100)) {
			throw new IllegalArgumentException(
					"audit.limits.max-failed-percent takes 0 to 100, but got " + maxFailedPercent);
		}
	}

	/**
	 * Status of a complete run. Ids without an answer come before failed jobs, because
	 * they leave the figures themselves in doubt.
	 */
	public ExitStatus status(ClosingStatement statement) {
		if (statement.count(Outcome.UNREADABLE) + statement.count(Outcome.REFUSED) > this.maxUnreadable) {
			return ExitStatus.TOO_MANY_UNREADABLE;
		}
		return isFailedExceeded(statement) ? ExitStatus.LIMIT_PASSED : ExitStatus.COMPLETE;
	}

	private boolean isFailedExceeded(ClosingStatement statement) {
		return this.maxFailedPercent != null && statement.storedJobs() > 0
				&& 100.0 * statement.failedJobs() / statement.storedJobs() > this.maxFailedPercent;
	}

}
