package io.jobaudit.notify;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import io.jobaudit.Account;
import io.jobaudit.ClosingStatement;
import io.jobaudit.ExitStatus;
import io.jobaudit.RunId;
import io.jobaudit.notify.Findings.PreviousList;
import org.jspecify.annotations.Nullable;

/**
 * What is reported about a run that has ended or could not be opened.
 *
 * @param run number of the run, null if none was opened
 * @param statement closing statement, null if no run was opened
 * @param findings null if the run is not complete, or its summary cannot be read
 * @param reports directory of the reports, null if there are none
 */
public record RunNotification(RunOrigin origin, @Nullable RunId run, ExitStatus status, @Nullable String failure,
		@Nullable ClosingStatement statement, @Nullable Findings findings, @Nullable Path reports) {

	/**
	 * Where a notification comes from.
	 *
	 * @param region region of the jobs, null if it is not set
	 * @param duration how long this process was at the run, null if none was opened
	 * @param link what a person may open, null for nothing
	 */
	record RunOrigin(Account account, @Nullable String region, String host, @Nullable Duration duration,
			@Nullable String link) {

		static RunOrigin of(Account account, @Nullable String region, @Nullable Duration duration) {
			return new RunOrigin(account, region, machine(), duration, null);
		}

		private static String machine() {
			try {
				return InetAddress.getLocalHost().getHostName();
			}
			catch (UnknownHostException ex) {
				return "an unnamed host";
			}
		}

	}

	public static RunNotification notOpened(Account account, @Nullable String region, ExitStatus status,
			String failure) {
		return new RunNotification(RunOrigin.of(account, region, null), null, status, failure, null, null, null);
	}

	/** The same with a link. */
	RunNotification linkedTo(@Nullable String template) {
		String link = (template != null) ? NotifyLink.of(template, this) : null;
		return new RunNotification(
				new RunOrigin(this.origin.account, this.origin.region, this.origin.host, this.origin.duration, link),
				this.run, this.status, this.failure, this.statement, this.findings, this.reports);
	}

	/** Whether the run is complete, but what it found is not known. */
	boolean lacksFindings() {
		return this.reports != null && this.findings == null;
	}

	/** The same list before, if it was far shorter or longer. */
	Optional<PreviousList> otherLength() {
		return Optional.ofNullable(this.findings)
			.flatMap((found) -> Optional.ofNullable(found.previous()))
			.filter((list) -> this.statement != null && list.isFarFrom(this.statement.distinctIds()));
	}

	/** Whether it is sent on an occasion; what is unknown may be new. */
	boolean isWanted(NotifyProperties.Occasion on) {
		return switch (on) {
			case ALWAYS -> true;
			case FAILURE -> this.status != ExitStatus.COMPLETE;
			case CHANGE -> this.status != ExitStatus.COMPLETE || this.findings == null
					|| !this.findings.newKinds().isEmpty() || !this.findings.unusual().isEmpty()
					|| otherLength().isPresent() || this.findings.budgets().stream().anyMatch(BudgetAlert::isNew);
		};
	}

}
