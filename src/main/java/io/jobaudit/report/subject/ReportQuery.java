package io.jobaudit.report.subject;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import org.springframework.core.io.ClassPathResource;

/** A query of the reports, with the path of its file. */
public record ReportQuery(String file, String sql) {

	/**
	 * A packaged query.
	 * @param name path below {@code sql/report}, without {@code .sql}
	 */
	public static ReportQuery packaged(String name) {
		String file = "sql/report/" + name + ".sql";
		try {
			return new ReportQuery(file, new ClassPathResource(file).getContentAsString(StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("cannot read " + file, ex);
		}
	}

}
