package io.jobaudit.cli;

import java.util.List;

import io.jobaudit.ledger.RunRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Runs for programs, under the names of {@code run-summary.json}. */
final class RunsJson {

	private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

	private RunsJson() {
	}

	static String of(List<RunRecord> runs) {
		ArrayNode all = JSON.createArrayNode();
		runs.forEach((run) -> all.add(object(run)));
		return JSON.writeValueAsString(all) + "\n";
	}

	static String of(RunRecord run) {
		return JSON.writeValueAsString(object(run)) + "\n";
	}

	private static ObjectNode object(RunRecord run) {
		ObjectNode json = JSON.createObjectNode();
		json.put("run", run.run().value()).put("status", run.status()).put("exitCode", run.exitCode());
		json.put("account", run.account().name()).put("region", run.region()).put("version", run.version());
		json.put("startedAt", run.startedAt().toString()).put("finishedAt", text(run.finishedAt()));
		ObjectNode input = json.putObject("input");
		input.put("source", run.source()).put("sha256", run.sha256()).put("lines", run.lines());
		input.put("distinct", run.distinct()).put("duplicates", run.duplicates()).put("malformed", run.malformed());
		input.put("parent", (run.parentRun() != null) ? run.parentRun().value() : null);
		ObjectNode outcomes = json.putObject("outcomes");
		run.outcomes().forEach(outcomes::put);
		json.put("pending", run.pending());
		json.putObject("api").put("calls", run.calls()).put("throttled", run.throttled()).put("retries", run.retries());
		return json.put("reports", run.reports()).put("purgedAt", text(run.purgedAt()));
	}

	private static @Nullable String text(@Nullable Object value) {
		return (value != null) ? value.toString() : null;
	}

}
