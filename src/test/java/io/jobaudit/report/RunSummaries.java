package io.jobaudit.report;

import java.nio.file.Path;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Summaries of runs and nights, each checked with the schema that is published for them.
 */
public final class RunSummaries {

	private static final Schema OF_RUN = schema("run-summary.schema.json");

	private static final Schema OF_NIGHT = schema("night-summary.schema.json");

	private RunSummaries() {
	}

	/** The summary in a directory of reports. */
	public static JsonNode read(Path reports) {
		return checked(JsonMapper.shared().readTree(reports.resolve(RunSummary.FILE_NAME)), OF_RUN);
	}

	/** The summary of a night. */
	public static JsonNode ofNight(String json) {
		return checked(JsonMapper.shared().readTree(json), OF_NIGHT);
	}

	private static JsonNode checked(JsonNode summary, Schema schema) {
		assertThat(schema.validate(summary.toString(), InputFormat.JSON,
				(execution) -> execution.executionConfig((config) -> config.formatAssertionsEnabled(true))))
			.isEmpty();
		return summary;
	}

	private static Schema schema(String file) {
		return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
			.getSchema(strict(JsonMapper.shared().readTree(Path.of("src/docs", file))));
	}

	/** A reader ignores keys that it does not know; a test does not. */
	private static JsonNode strict(JsonNode schema) {
		schema.forEach(RunSummaries::strict);
		if (schema instanceof ObjectNode object && object.has("properties")
				&& object.path("type").asString("").equals("object")) {
			object.put("additionalProperties", false);
		}
		return schema;
	}

}
