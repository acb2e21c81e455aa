package io.jobaudit.normalize;

import java.util.ArrayDeque;
import java.util.Deque;

import io.jobaudit.PostgresText;
import org.jspecify.annotations.Nullable;

/** A place in an answer, such as {@code JobResult.Usage}; its text is built lazily. */
record Path(@Nullable Path parent, String name) {

	static final Path ROOT = new Path(null, "");

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
			names.push(PostgresText.cut(path.name, 60));
		}
		return PostgresText.cut(String.join("", names), 200);
	}

}
