package io.jobaudit.notify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.jobaudit.Account;
import io.jobaudit.AuditException;
import io.jobaudit.ClosingStatement;
import io.jobaudit.ExitStatus;
import io.jobaudit.FailureReason;
import io.jobaudit.Outcome;
import io.jobaudit.RunId;
import io.jobaudit.notify.RunNotification.RunOrigin;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The mail about a run, to be looked at; it is not sent. */
public record MailPreview(String html) {

	/** The mail about the run whose reports are in a directory. */
	public static MailPreview of(Path reports, ApplicationContext context) {
		Binder binder = Binder.get(context.getEnvironment());
		NotifyProperties properties = binder.bindOrCreate("audit.notify", NotifyProperties.class);
		JsonNode summary = JsonMapper.shared().readTree(reports.resolve("run-summary.json"));
		NotificationText text = new NotificationText(notification(summary, reports).linkedTo(properties.link()),
				Notifier.language(binder));
		return new MailPreview(MailBody.of(text, List.of()).html());
	}

	/**
	 * Writes it to a file.
	 * @throws AuditException if the file cannot be written
	 */
	public void writeTo(Path file) {
		try {
			Files.writeString(file, this.html);
		}
		catch (IOException ex) {
			throw new MailNotWrittenException(file, ex);
		}
	}

	private static RunNotification notification(JsonNode summary, Path reports) {
		Account account = new Account(summary.get("account").stringValue());
		RunOrigin origin = RunOrigin.of(account, summary.get("region").stringValue(), duration(summary));
		JsonNode exitCode = summary.get("exitCode");
		return new RunNotification(origin, new RunId(summary.get("run").longValue()),
				exitCode.isNull() ? ExitStatus.NOT_NOW : ExitStatus.of(exitCode.intValue()), null, statement(summary),
				Findings.of(summary), reports);
	}

	private static Duration duration(JsonNode summary) {
		Instant started = Instant.parse(summary.get("startedAt").stringValue());
		JsonNode finished = summary.get("finishedAt");
		return finished.isNull() ? Duration.ZERO : Duration.between(started, Instant.parse(finished.stringValue()));
	}

	private static ClosingStatement statement(JsonNode summary) {
		Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
		summary.get("outcomes")
			.propertyStream()
			.forEach((outcome) -> outcomes.put(Outcome.valueOf(outcome.getKey()), outcome.getValue().longValue()));
		JsonNode input = summary.get("input");
		JsonNode states = summary.at("/jobs/byState");
		return new ClosingStatement(input.path("lines").asLong(0), input.path("distinct").asLong(0),
				input.path("duplicates").asLong(0), input.path("malformed").asLong(0), outcomes,
				summary.get("pending").longValue(),
				states.propertyStream().mapToLong((state) -> state.getValue().longValue()).sum(),
				states.path("Failed").asLong(0));
	}

	/** The file system refuses the mail. */
	static final class MailNotWrittenException extends AuditException {

		private static final long serialVersionUID = 1L;

		MailNotWrittenException(Path file, IOException cause) {
			super(ExitStatus.OUTPUT, "cannot write the mail to %s: %s".formatted(file, FailureReason.of(cause)), cause);
		}

	}

}
