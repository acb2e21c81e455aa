package io.jobaudit.notify;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
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
