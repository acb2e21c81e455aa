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

/** Summaries of runs, each checked with the schema that is published for them. */
public final class RunSummaries {

	private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
		.getSchema(strict(JsonMapper.shared().readTree(Path.of("src/docs/run-summary.schema.json"))));

	private RunSummaries() {
	}

	/** The summary in a directory of reports. */
	public static JsonNode read(Path reports) {
		JsonNode summary = JsonMapper.shared().readTree(reports.resolve(RunSummary.FILE_NAME));
		assertThat(SCHEMA.validate(summary.toString(), InputFormat.JSON,
				(execution) -> execution.executionConfig((config) -> config.formatAssertionsEnabled(true))))
			.isEmpty();
		return summary;
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
