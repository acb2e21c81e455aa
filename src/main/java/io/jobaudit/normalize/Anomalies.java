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

	/** Of kind, path and detail together, as {@code kind: path: detail}. */
	static final int MAX_LENGTH = 300;

	private static final int SEPARATOR = ": ".length();

	private final Set<Anomaly> found = new LinkedHashSet<>();

	void add(String kind, Path path) {
		add(kind, path.toString());
	}

	void add(String kind, String path) {
		this.found.add(new Anomaly(kind, text(path, kind.length()), null));
	}

	void add(String kind, Path path, String detail) {
		String where = text(path.toString(), kind.length());
		this.found.add(new Anomaly(kind, where, text(detail, kind.length() + SEPARATOR + where.length())));
	}

	void add(Anomaly anomaly) {
		this.found.add(anomaly);
	}

	/** Whether a list of findings was cut, so that some of them are lost. */
	static boolean isCut(List<Anomaly> listed) {
		return listed.stream().anyMatch((anomaly) -> anomaly.kind().equals(Anomaly.MORE));
	}

	/**
	 * The first {@value #MAX_LISTED}, then how many more there are.
	 */
	List<Anomaly> toList() {
		int more = this.found.size() - MAX_LISTED;
		Stream<Anomaly> listed = this.found.stream().limit(MAX_LISTED);
		return ((more > 0) ? Stream.concat(listed, Stream.of(new Anomaly(Anomaly.MORE, null, Integer.toString(more))))
				: listed)
			.toList();
	}

	private static String text(String value, int taken) {
		return PostgresText.cut(PostgresText.of(value), MAX_LENGTH - taken - SEPARATOR);
	}

}
