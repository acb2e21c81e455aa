package io.jobaudit.report;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Objects;

import io.jobaudit.report.FocusFile.Charge;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code focus-rules.csv} says about a column: what the specification requires of
 * usage, and what we put there.
 *
 * @param column its id
 * @param versions first and last version of FOCUS that has it, such as 1.2-1.3
 * @param level Mandatory, Conditional or Recommended; Custom if it is ours
 * @param type String, Decimal, DateTime or JSON
 * @param nulls never; allowed; usage, null only in corrections; or {@code with} another
 * column
 * @param values pattern of the whole value; null for any of its type
 */
record FocusRule(String column, String versions, String level, String type, String nulls, @Nullable String values) {

	private static final String WITH = "with ";

	static List<FocusRule> of(String version) {
		CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).setNullString("").get();
		try (CSVParser parser = CSVParser.parse(
				new InputStreamReader(Objects.requireNonNull(FocusRule.class.getResourceAsStream("/focus-rules.csv")),
						StandardCharsets.UTF_8),
				format)) {
			return parser.stream().map(FocusRule::of).filter((rule) -> rule.isOf(version)).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static FocusRule of(CSVRecord line) {
		assertThat(line.toList()).as("line %s", line.getRecordNumber()).hasSize(8);
		assertThat(line.get("rule")).isNotBlank();
		assertThat(line.get("source")).isNotBlank();
		return new FocusRule(line.get("column"), line.get("versions"), line.get("level"), line.get("type"),
				line.get("nulls"), line.get("values"));
	}

	private boolean isOf(String version) {
		String[] firstAndLast = this.versions.split("-", 2);
		return version.compareTo(firstAndLast[0]) >= 0
				&& (firstAndLast[1].isEmpty() || version.compareTo(firstAndLast[1]) <= 0);
	}

	boolean isOfFocus() {
		return !this.level.equals("Custom");
	}

	void requireKept(Charge charge) {
		String value = charge.text(this.column);
		if (value == null) {
			requireNull(charge);
			return;
		}
		switch (this.type) {
			case "Decimal" -> assertThat(value).matches("-?(0|[1-9]\\d*)(\\.\\d*[1-9])?").isNotEqualTo("-0");
			case "DateTime" -> {
				assertThat(value).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
				assertThat(Instant.parse(value)).isNotNull();
			}
			case "JSON" -> requireObject(value);
			case "String" -> assertThat(value).isNotBlank().doesNotMatch("(?s)\\s*[=+\\-@＝＋－＠].*|(?s)[\\t\\r\\n].*");
			default -> throw new IllegalStateException("no such type: " + this.type);
		}
		if (this.values != null) {
			assertThat(value).matches(this.values);
		}
		if (this.column.endsWith("Currency")) {
			assertThat(Currency.getInstance(value)).isNotNull();
		}
		if (this.nulls.startsWith(WITH)) {
			assertThat(charge.text(this.nulls.substring(WITH.length()))).isNotNull();
		}
	}

	/** The column of a table that a loader fills. */
	String ddl() {
		String sql = switch (this.type) {
			case "Decimal" -> "numeric";
			case "DateTime" -> "timestamptz";
			case "JSON" -> "jsonb";
			default -> "text";
		};
		return "\"%s\" %s%s".formatted(this.column, sql, this.nulls.equals("never") ? " not null" : "");
	}

	private void requireNull(Charge charge) {
		if (this.nulls.startsWith(WITH)) {
			assertThat(charge.text(this.nulls.substring(WITH.length()))).isNull();
		}
		else {
			assertThat(this.nulls).isIn("allowed", charge.isCorrection() ? "usage" : "allowed");
		}
	}

	private static void requireObject(String value) {
		JsonNode object = JsonMapper.shared().readTree(value);
		assertThat(object.isObject()).isTrue();
		assertThat(object).isNotEmpty().noneMatch(JsonNode::isContainer);
	}

}
