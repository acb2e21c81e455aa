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
 * What {@code focus-1.2-rules.csv} says about a column.
 *
 * @param column its id
 * @param level Mandatory, Conditional or Recommended in FOCUS 1.2; Custom if it is ours
 * @param type String, Decimal, DateTime or JSON
 * @param ourNull never; allowed; unknown, where FOCUS requires a value that is unknown;
 * or {@code with} another column
 * @param values pattern of the whole value; null for any of its type
 */
record FocusRule(String column, String level, String type, String ourNull, @Nullable String values) {

	private static final String WITH = "with ";

	static List<FocusRule> all() {
		CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).setNullString("").get();
		try (CSVParser parser = CSVParser.parse(new InputStreamReader(
				Objects.requireNonNull(FocusRule.class.getResourceAsStream("/focus-1.2-rules.csv")),
				StandardCharsets.UTF_8), format)) {
			return parser.stream().map(FocusRule::of).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static FocusRule of(CSVRecord line) {
		assertThat(line.toList()).as("line %s", line.getRecordNumber()).hasSize(8);
		assertThat(line.get("rule")).isNotBlank();
		assertThat(line.get("source")).isNotBlank();
		return new FocusRule(line.get("column"), line.get("level"), line.get("type"), line.get("our_null"),
				line.get("values"));
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
		if (this.ourNull.startsWith(WITH)) {
			assertThat(charge.text(this.ourNull.substring(WITH.length()))).isNotNull();
		}
	}

	private void requireNull(Charge charge) {
		if (this.ourNull.startsWith(WITH)) {
			assertThat(charge.text(this.ourNull.substring(WITH.length()))).isNull();
		}
		else {
			assertThat(this.ourNull).isIn("allowed", "unknown");
		}
	}

	private static void requireObject(String value) {
		JsonNode object = JsonMapper.shared().readTree(value);
		assertThat(object.isObject()).isTrue();
		assertThat(object).isNotEmpty().noneMatch(JsonNode::isContainer);
	}

}
