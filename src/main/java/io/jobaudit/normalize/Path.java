package io.jobaudit.normalize;

import java.util.ArrayDeque;
import java.util.Deque;

import io.jobaudit.PostgresText;
import org.jspecify.annotations.Nullable;

/**
 * Where in an answer something stands, as in {@code JobResult.Usage}; its text is only
 * built when there is something to say about it.
 */
record Path(@Nullable Path parent, String name) {

	static final Path ROOT = new Path(null, "");

	private static final int MAX_NAME_LENGTH = 60;

	private static final int MAX_LENGTH = 200;

	Path field(String name) {
		return new Path(this, (this.parent == null) ? name : "." + name);
	}

	Path item(int index) {
		return new Path(this, "[" + index + "]");
	}

	/** Cut to what fits into an anomaly beside its other parts. */
	@Override
	public String toString() {
		Deque<String> names = new ArrayDeque<>();
		for (Path path = this; path != null; path = path.parent) {
			names.push(PostgresText.cut(path.name, MAX_NAME_LENGTH));
		}
		return PostgresText.cut(String.join("", names), MAX_LENGTH);
	}

}
