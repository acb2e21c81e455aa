package io.jobaudit.notify;

import java.util.List;

import io.jobaudit.ClosingStatement;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A notification for programs; an incompatible change gets a new version. */
final class WebhookPayload {

	private static final int VERSION = 1;

	private WebhookPayload() {
	}

	static ObjectNode of(RunNotification notification) {
		ObjectNode json = JsonMapper.shared().createObjectNode();
		json.put("version", VERSION).put("event", "run.ended").put("account", notification.account().name());
		json.put("run", (notification.run() != null) ? notification.run().value() : null)
			.put("exitCode", notification.status().code())
			.put("status", NotificationText.meaning(notification.status()));
		json.put("text", NotificationText.headline(notification)).put("failure", notification.failure());
		ClosingStatement statement = notification.statement();
		if (statement != null) {
			json.put("lines", statement.linesRead()).put("distinct", statement.distinctIds());
			json.put("duplicates", statement.duplicates()).put("malformed", statement.malformed());
			ObjectNode outcomes = json.putObject("outcomes");
			statement.outcomesInOrder().forEach((outcome, ids) -> outcomes.put(outcome.name(), ids));
			json.put("pending", statement.pending()).put("reconciled", statement.isReconciled());
			json.put("failedJobs", statement.failedJobs());
		}
		addKinds(json, notification.newKinds());
		json.put("reports",
				(notification.reports() != null) ? notification.reports().toAbsolutePath().toString() : null);
		return json;
	}

	private static void addKinds(ObjectNode json, @Nullable List<FailureKind> newKinds) {
		if (newKinds == null) {
			json.putNull("newKinds");
			return;
		}
		ArrayNode kinds = json.putArray("newKinds");
		newKinds.forEach((kind) -> kinds.addObject()
			.put("jobType", kind.jobType())
			.put("errorCode", kind.errorCode())
			.put("jobs", kind.jobs()));
	}

}
