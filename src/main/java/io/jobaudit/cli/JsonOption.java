package io.jobaudit.cli;

import java.util.LinkedHashMap;
import java.util.Map;

import io.jobaudit.report.WrittenReports;
import io.jobaudit.report.WrittenReports.ReportFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Asks for a result that programs read. */
final class JsonOption {

	private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

	@Option(names = "--json", description = "Print a JSON object.")
	private boolean wanted;

	/** The figures as JSON if that is wanted, else the text. */
	String choose(Map<String, ? extends @Nullable Object> figures, String text) {
		return this.wanted ? JSON.writeValueAsString(figures) + "\n" : text;
	}

	boolean isWanted() {
		return this.wanted;
	}

	static Map<String, Object> figures(WrittenReports reports) {
		Map<String, Object> figures = new LinkedHashMap<>();
		figures.put("directory", reports.directory().toString());
		figures.put("files", reports.files().stream().map(JsonOption::figures).toList());
		return figures;
	}

	private static Map<String, Object> figures(ReportFile file) {
		Map<String, Object> figures = new LinkedHashMap<>();
		figures.put("name", file.name());
		figures.put("sha256", file.sha256());
		figures.put("rows", file.rows());
		return figures;
	}

}
