package io.jobaudit.ledger;

import io.jobaudit.Outcome;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * From when on a complete run is still a bad one.
 *
 * @param maxUnreadable unreadable ids that are put up with; more end the run with exit 3
 * @param maxFailedPercent failed jobs that are put up with, in percent of the jobs known;
 * more end the run with exit 2; null puts up with any
 */
@ConfigurationProperties("audit.limits")
public record LimitsProperties(@DefaultValue("0") long maxUnreadable, @Nullable Double maxFailedPercent) {

	public LimitsProperties {
		if (maxUnreadable < 0) {
			throw new IllegalArgumentException("audit.limits.max-unreadable is 0 or more, but is " + maxUnreadable);
		}
		if (maxFailedPercent != null && !(maxFailedPercent >= 0 && maxFailedPercent <= 100)) {
			throw new IllegalArgumentException(
					"audit.limits.max-failed-percent is 0 to 100, but is " + maxFailedPercent);
		}
	}

	/**
	 * Exit code of a complete run: 3 before 2, because unreadable ids leave the figures
	 * themselves in doubt.
	 * @return 0, 2 or 3
	 */
	public int exitCode(ClosingStatement statement) {
		if (statement.count(Outcome.UNREADABLE) > this.maxUnreadable) {
			return 3;
		}
		return isFailedExceeded(statement) ? 2 : 0;
	}

	private boolean isFailedExceeded(ClosingStatement statement) {
		return this.maxFailedPercent != null && statement.storedJobs() > 0
				&& 100.0 * statement.failedJobs() / statement.storedJobs() > this.maxFailedPercent;
	}

}
