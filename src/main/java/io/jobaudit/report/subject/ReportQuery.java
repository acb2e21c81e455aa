package io.jobaudit.report.subject;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A query of the reports.
 *
 * @param file path of its file
 * @param sql its text
 */
public record ReportQuery(String file, String sql) {

	/**
	 * A packaged query.
	 * @param name path below {@code sql/report}, without {@code .sql}
	 */
	public static ReportQuery packaged(String name) {
		String file = "sql/report/" + name + ".sql";
		try (InputStream resource = ReportQuery.class.getResourceAsStream("/" + file)) {
			if (resource == null) {
				throw new IllegalStateException("the class path has no " + file);
			}
			return new ReportQuery(file, new String(resource.readAllBytes(), StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("cannot read " + file, ex);
		}
	}

}
