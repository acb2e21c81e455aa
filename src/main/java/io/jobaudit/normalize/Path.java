package io.jobaudit.normalize;

import java.util.ArrayDeque;
import java.util.Deque;

import io.jobaudit.PostgresText;
import org.jspecify.annotations.Nullable;

/**
 * A place in an answer, such as {@code JobResult.Usage}; its text is only built when
 * there is an anomaly.
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

	/** Cut so that it fits into an anomaly beside the other parts. */
	@Override
	public String toString() {
		Deque<String> names = new ArrayDeque<>();
		for (Path path = this; path != null; path = path.parent) {
			names.push(PostgresText.cut(path.name, MAX_NAME_LENGTH));
		}
		return PostgresText.cut(String.join("", names), MAX_LENGTH);
	}

}
