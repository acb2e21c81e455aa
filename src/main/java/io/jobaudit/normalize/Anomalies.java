package io.jobaudit.normalize;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.jobaudit.PostgresText;

/**
 * Collects what could not be read as documented, in the order found, each finding once.
 */
final class Anomalies {

	static final int MAX_LISTED = 50;

	static final int MAX_LENGTH = 300;

	private static final String MORE = "more anomalies: ";

	private final Set<String> found = new LinkedHashSet<>();

	void add(String what, Object where) {
		this.found.add(PostgresText.cut(PostgresText.of(what + ": " + where), MAX_LENGTH));
	}

	void add(String what, Object where, String detail) {
		add(what, where + ": " + detail);
	}

	/** Takes over a finding of before. */
	void addAsItStands(String anomaly) {
		this.found.add(anomaly);
	}

	/**
	 * Whether a list of findings was cut, so that some of them are not known any more.
	 */
	static boolean isCut(List<String> listed) {
		return listed.stream().anyMatch((anomaly) -> anomaly.startsWith(MORE));
	}

	/**
	 * The first {@value #MAX_LISTED}, then how many more there are.
	 */
	List<String> toList() {
		int more = this.found.size() - MAX_LISTED;
		Stream<String> listed = this.found.stream().limit(MAX_LISTED);
		return ((more > 0) ? Stream.concat(listed, Stream.of(MORE + more)) : listed).toList();
	}

}
