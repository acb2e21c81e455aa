package io.jobaudit.normalize;

import java.util.HashSet;
import java.util.Set;

import io.jobaudit.PostgresText;
import tools.jackson.databind.node.ObjectNode;

/**
 * Field names of one object as {@code jsonb} accepts them, all different: a name that can
 * be stored stays, a name that had to be changed avoids the others.
 */
final class StorableNames {

	private final Set<String> taken;

	private final Path path;

	private final Anomalies anomalies;

	private int lastSuffix = 1;

	StorableNames(ObjectNode object, Path path, Anomalies anomalies) {
		this.taken = new HashSet<>(object.propertyNames());
		this.path = path;
		this.anomalies = anomalies;
	}

	String of(String original) {
		String storable = PostgresText.of(original);
		return storable.equals(original) ? original : replaced(storable);
	}

	private String replaced(String storable) {
		if (this.taken.add(storable)) {
			this.anomalies.add(Anomaly.REPLACED_CHARACTERS, this.path.field(storable));
			return storable;
		}
		String free = withFreeSuffix(storable);
		this.anomalies.add(Anomaly.REPLACED_NAME, this.path.field(free));
		return free;
	}

	private String withFreeSuffix(String storable) {
		String candidate;
		do {
			this.lastSuffix++;
			candidate = storable + "#" + this.lastSuffix;
		}
		while (!this.taken.add(candidate));
		return candidate;
	}

}
