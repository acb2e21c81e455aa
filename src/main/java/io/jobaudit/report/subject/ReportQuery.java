package io.jobaudit.report.subject;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import org.springframework.core.io.ClassPathResource;

/**
 * A query of the reports, with the path of its file.
 *
 * @param parameters those that it has beside the ones of {@link ReportScope}
 */
public record ReportQuery(String file, String sql, Map<String, Object> parameters) {

	public ReportQuery {
		parameters = Map.copyOf(parameters);
	}

	public ReportQuery(String file, String sql) {
		this(file, sql, Map.of());
	}

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

	/** The same query with one more parameter. */
	public ReportQuery with(String parameter, Object value) {
		Map<String, Object> all = new HashMap<>(this.parameters);
		all.put(parameter, value);
		return new ReportQuery(this.file, this.sql, all);
	}

}
