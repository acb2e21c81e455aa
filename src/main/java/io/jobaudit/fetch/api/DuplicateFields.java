package io.jobaudit.fetch.api;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Finds the fields that occur more than once in their object, which a tree cannot show.
 */
final class DuplicateFields {

	private static final int MAX_LISTED = 20;

	private final Deque<Set<String>> open = new ArrayDeque<>();

	private final List<String> found = new ArrayList<>();

	private DuplicateFields() {
	}

	/**
	 * Reads to the end.
	 * @return paths of the first of them, such as {@code JobResult.Usage}
	 */
	static List<String> of(JsonParser parser) {
		try (parser) {
			DuplicateFields duplicates = new DuplicateFields();
			for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
				duplicates.note(token, parser);
			}
			return List.copyOf(duplicates.found);
		}
	}

	private void note(JsonToken token, JsonParser parser) {
		if (token == JsonToken.START_OBJECT) {
			this.open.push(new HashSet<>());
		}
		else if (token == JsonToken.END_OBJECT) {
			this.open.pop();
		}
		else if (token == JsonToken.PROPERTY_NAME && !this.open.element().add(parser.currentName())
				&& this.found.size() < MAX_LISTED) {
			this.found.add(path(parser));
		}
	}

	private static String path(JsonParser parser) {
		return parser.streamReadContext().pathAsPointer().toString().substring(1).replace('/', '.');
	}

}
