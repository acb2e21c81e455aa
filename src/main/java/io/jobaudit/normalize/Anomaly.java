package io.jobaudit.normalize;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Something in an answer that could not be read as documented.
 *
 * @param kind what is wrong, such as {@code unknown field}
 * @param path where in the answer, such as {@code JobResult.Usage}; null when it concerns
 * the answer as a whole
 * @param detail what was found there; null when the kind says it all
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Anomaly(String kind, @Nullable String path, @Nullable String detail) {

	static final String REPLACED_BYTES = "replaced bytes";

	static final String DUPLICATE_FIELD = "duplicate field";

	static final String REPLACED_CHARACTERS = "replaced characters";

	static final String REPLACED_NAME = "replaced characters, renamed";

	static final String NUMBER_OUT_OF_RANGE = "number out of range";

	static final String NOT_TEXT = "not text";

	static final String MORE = "more anomalies";

	/**
	 * Reads the form {@code kind: path: detail}, which rows hold that were stored before
	 * anomalies became JSON objects.
	 */
	public static Anomaly parse(String text) {
		String[] parts = text.split(": ", 3);
		return new Anomaly(parts[0], (parts.length > 1) ? parts[1] : null, (parts.length > 2) ? parts[2] : null);
	}

}
