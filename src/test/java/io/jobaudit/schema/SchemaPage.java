package io.jobaudit.schema;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** {@code src/docs/SCHEMA.md}: what is written by hand, its queries, and the tables. */
record SchemaPage(String text) {

	private static final Path FILE = Path.of("src/docs/SCHEMA.md");

	private static final String GENERATED = "<!-- From here on generated from the comments in the database. -->\n\n";

	private static final Pattern QUERY = Pattern.compile("### (.+)\\n\\n(.+)\\n\\n```sql\\n((?s:.*?))```");

	/** A query of the page, and whether a reader may ask it. */
	record Query(String title, boolean isForReaders, String sql) {

		@Override
		public String toString() {
			return this.title;
		}

	}

	static SchemaPage read() throws IOException {
		return new SchemaPage(Files.readString(FILE));
	}

	void write() throws IOException {
		Files.writeString(FILE, this.text);
	}

	List<Query> queries() {
		return QUERY.matcher(byHand())
			.results()
			.map((found) -> new Query(found.group(1), !found.group(2).contains("job_audit_writer"), found.group(3)))
			.toList();
	}

	/** The page with other tables. */
	SchemaPage with(String tables) {
		return new SchemaPage(byHand() + GENERATED + tables);
	}

	private String byHand() {
		int end = this.text.indexOf(GENERATED);
		if (end < 0) {
			throw new IllegalStateException(FILE + " has no line " + GENERATED.strip());
		}
		return this.text.substring(0, end);
	}

}
