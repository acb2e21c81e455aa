package io.jobaudit.notify;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.jobaudit.Account;
import io.jobaudit.ClosingStatement;
import io.jobaudit.ExitStatus;
import io.jobaudit.FailureReason;
import io.jobaudit.RunId;
import io.jobaudit.batch.AuditLauncher.AuditResult;
import io.jobaudit.notify.Findings.PreviousList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import tools.jackson.databind.json.JsonMapper;

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

	private static final Logger LOG = LoggerFactory.getLogger(RunNotification.class);

	/**
	 * Where a notification comes from.
	 *
	 * @param account null for a night
	 * @param night null for a run
	 * @param region region of the jobs, null if it is not set
	 * @param duration how long this process was at the run, null if none was opened
	 * @param link what a person may open, null for nothing
	 */
	record RunOrigin(@Nullable Account account, @Nullable NightFacts night, @Nullable String region, String host,
			@Nullable Duration duration, @Nullable String link) {

		static RunOrigin of(Account account, @Nullable String region, @Nullable Duration duration) {
			return new RunOrigin(account, null, region, machine(), duration, null);
		}

		static RunOrigin of(NightFacts night) {
			return new RunOrigin(null, night, null, machine(), null, null);
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

	/**
	 * A night of several accounts.
	 *
	 * @param complete how many of the accounts are complete
	 * @param notComplete a line for each of the others, and for reports that are missing
	 */
	public record NightFacts(long night, long complete, long accounts, List<String> notComplete) {

		public NightFacts {
			notComplete = List.copyOf(notComplete);
		}
	}

	/**
	 * What is reported about a night.
	 * @param total the sum of the statements of its accounts
	 */
	public static RunNotification ofNight(NightFacts night, ExitStatus status, ClosingStatement total) {
		return new RunNotification(RunOrigin.of(night), null, status, null, total, null, null);
	}

	/**
	 * What is reported about a run that was opened.
	 * @param duration how long it took, null if that is unknown
	 */
	public static RunNotification ended(AuditResult result, @Nullable String region, @Nullable Duration duration) {
		Path reports = (result.reportDirectory() != null) ? Path.of(result.reportDirectory()) : null;
		return new RunNotification(RunOrigin.of(result.run().account(), region, duration), result.run().runId(),
				result.status(), (result.failure() != null) ? reason(result.failure()) : null, result.statement(),
				(reports != null) ? findings(reports) : null, reports);
	}

	static String reason(Throwable failure) {
		return FailureReason.of(NestedExceptionUtils.getMostSpecificCause(failure));
	}

	/** A notification is sent without them, too. */
	private static @Nullable Findings findings(Path reports) {
		Path summary = reports.resolve("run-summary.json");
		try {
			return Findings.of(JsonMapper.shared().readTree(summary));
		}
		catch (RuntimeException ex) {
			LOG.warn("The notification lacks what the run found: cannot read {}: {}", summary, FailureReason.of(ex));
			LOG.debug("Stack trace of the summary that cannot be read", ex);
			return null;
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
				new RunOrigin(this.origin.account, this.origin.night, this.origin.region, this.origin.host,
						this.origin.duration, link),
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
			case CHANGE -> this.status != ExitStatus.COMPLETE || (this.findings == null && this.origin.night == null)
					|| (this.findings != null && hasNews(this.findings));
		};
	}

	private boolean hasNews(Findings found) {
		return !found.newKinds().isEmpty() || !found.unusual().isEmpty() || otherLength().isPresent()
				|| found.budgets().stream().anyMatch(BudgetAlert::isNew);
	}

}
