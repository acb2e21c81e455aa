package io.jobaudit.normalize;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A row in the form of {@code NAME.row.json}, for a diff that can be read. */
final class RowAsJson {

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.changeDefaultPropertyInclusion((inclusion) -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
		.enable(SerializationFeature.INDENT_OUTPUT)
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	private RowAsJson() {
	}

	static String of(SmartJob row) {
		ObjectNode json = MAPPER.valueToTree(row);
		json.put("jobId", row.jobId().value());
		json.set("raw", MAPPER.readTree(row.raw()));
		return pretty(json);
	}

	static String pretty(ObjectNode row) {
		return MAPPER.writeValueAsString(row);
	}

}
