package io.jobaudit.report.csv;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.jobaudit.report.csv.FocusCsv.FocusPart;
import io.jobaudit.report.subject.ReportQueries;
import tools.jackson.databind.json.JsonMapper;

/** The metadata that FOCUS requires with {@code focus.csv}, as JSON. */
public record FocusMetadata(ReportQueries queries, FocusProperties properties) {

	public static final String FILE_NAME = "focus-metadata.json";

	/** When the columns last changed. */
	private static final Instant CREATED = Instant.parse("2026-11-28T00:00:00Z");

	private static final String INSTANCE = "job-audit-charges";

	public long writeTo(OutputStream out) throws IOException {
		String json = JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(metadata()) + "\n";
		out.write(json.replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8));
		return 1;
	}

	private Map<String, Object> metadata() {
		FocusVersion version = this.properties.version();
		List<String> columns = this.queries
			.columns(FocusCsv.query(this.properties, FocusPart.CHARGES, this.queries.scope().accountName()))
			.stream()
			.filter(version::has)
			.toList();
		Map<String, Object> schema = new LinkedHashMap<>();
		schema.put("SchemaId",
				UUID.nameUUIDFromBytes((version + " " + columns).getBytes(StandardCharsets.UTF_8)).toString());
		schema.put("FocusVersion", version.toString());
		schema.put("CreationDate", CREATED.toString());
		if (version.hasDatasets()) {
			schema.put("DatasetInstanceId", INSTANCE);
		}
		schema.put("ColumnDefinition", columns.stream().map((column) -> definition(column, version)).toList());
		Map<String, Object> metadata = new LinkedHashMap<>();
		metadata.put("DataGenerator", "job-audit");
		if (version.hasDatasets()) {
			Map<String, Object> instance = new LinkedHashMap<>();
			instance.put("DatasetInstanceId", INSTANCE);
			instance.put("DatasetInstanceName", "Charges of smart jobs");
			instance.put("FocusDatasetId", "CostAndUsage");
			metadata.put("DatasetInstance", List.of(instance));
		}
		metadata.put("Schema", schema);
		return metadata;
	}

	private static Map<String, Object> definition(String column, FocusVersion version) {
		String type = type(column);
		Map<String, Object> definition = new LinkedHashMap<>();
		definition.put("ColumnName", column);
		definition.put("DataType", type);
		if (type.equals("STRING") || type.equals("JSON")) {
			definition.put("StringEncoding", StandardCharsets.UTF_8.name());
		}
		if (column.equals("Tags")) {
			definition.put("ProviderTagPrefixes", List.of());
		}
		if (version.deprecates(column)) {
			definition.put("Deprecated", true);
		}
		return definition;
	}

	private static String type(String column) {
		if (column.matches(".*(Cost|UnitPrice|Quantity)")) {
			return "DECIMAL";
		}
		if (column.matches(".*Period(Start|End)")) {
			return "DATETIME";
		}
		return column.matches("Tags|SkuPriceDetails") ? "JSON" : "STRING";
	}

}
