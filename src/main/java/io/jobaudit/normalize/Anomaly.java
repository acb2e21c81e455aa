package io.jobaudit.normalize;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.jobaudit.PostgresText;
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

	/** Reads {@code kind: path: detail}, as rows of earlier releases have it. */
	public static Anomaly parse(String text) {
		String[] parts = text.split(": ", 3);
		return new Anomaly(parts[0], (parts.length > 1) ? parts[1] : null, (parts.length > 2) ? parts[2] : null);
	}

	/** Collects each finding once, in the order found. */
	static final class Anomalies {

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

		/** The first {@value #MAX_LISTED}, then how many more there are. */
		List<Anomaly> toList() {
			int more = this.found.size() - MAX_LISTED;
			Stream<Anomaly> listed = this.found.stream().limit(MAX_LISTED);
			return ((more > 0)
					? Stream.concat(listed, Stream.of(new Anomaly(Anomaly.MORE, null, Integer.toString(more))))
					: listed)
				.toList();
		}

		private static String text(String value, int taken) {
			return PostgresText.cut(PostgresText.of(value), MAX_LENGTH - taken - SEPARATOR);
		}

	}

}
