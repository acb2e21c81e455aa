package io.jobaudit.store;

import java.util.List;

import io.jobaudit.normalize.Anomaly;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Anomalies as a row keeps them: an array of objects with {@code kind}, {@code path} and
 * {@code detail}; in rows of earlier releases, an array of texts
 * {@code kind: path: detail}.
 */
final class StoredAnomalies {

	private static final JsonMapper JSON = JsonMapper.shared();

	private StoredAnomalies() {
	}

	static String write(List<Anomaly> anomalies) {
		return JSON.writeValueAsString(anomalies);
	}

	static List<Anomaly> read(String json) {
		return JSON.readTree(json).valueStream().map(StoredAnomalies::anomaly).toList();
	}

	private static Anomaly anomaly(JsonNode node) {
		return node.isString() ? Anomaly.parse(node.stringValue()) : JSON.treeToValue(node, Anomaly.class);
	}

}
