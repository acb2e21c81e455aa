package io.jobaudit.normalize;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Set;

import io.jobaudit.PostgresText;
import io.jobaudit.normalize.Anomaly.Anomalies;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The documented fields of one JSON object of an answer, read from the storable copy.
 */
final class Fields {

	/** Longest part of a value that an anomaly quotes, in characters. */
	static final int MAX_QUOTED = 100;

	/** ISO 8601 with {@code Z} or an offset, with or without a fraction. */
	private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder().parseCaseInsensitive()
		.append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
		.appendPattern("[XXX][XX][X]")
		.toFormatter()
		.withResolverStyle(ResolverStyle.STRICT);

	/** Before this no job can have been created. */
	private static final Instant EARLIEST = Instant.parse("2015-01-01T00:00:00Z");

	/** How far clocks may differ. */
	private static final Duration AHEAD = Duration.ofDays(2);

	private final ObjectNode object;

	private final Path path;

	private final Anomalies anomalies;

	private final Instant fetchedAt;

	Fields(ObjectNode object, Path path, Anomalies anomalies, Instant fetchedAt, Set<String> documented) {
		this.object = object;
		this.path = path;
		this.anomalies = anomalies;
		this.fetchedAt = fetchedAt;
		object.propertyNames()
			.stream()
			.filter((name) -> !documented.contains(name))
			.forEach((name) -> anomalies.add("unknown field", path.field(name)));
	}

	/** The fields of an inner object; none when it is missing or not an object. */
	Fields inside(String name, Set<String> documented) {
		JsonNode node = node(name);
		if (node instanceof ObjectNode inside) {
			return new Fields(inside, path(name), this.anomalies, this.fetchedAt, documented);
		}
		if (isPresent(node)) {
			this.anomalies.add("not an object", path(name), "was " + kind(node));
		}
		return new Fields(JsonNodeFactory.instance.objectNode(), path(name), this.anomalies, this.fetchedAt,
				documented);
	}

	JsonNode node(String name) {
		return this.object.path(name);
	}

	Path path(String name) {
		return this.path.field(name);
	}

	/** The text unchanged, even if empty; JSON of another kind as compact JSON. */
	@Nullable String text(String name) {
		JsonNode node = node(name);
		if (!isPresent(node)) {
			return null;
		}
		checkText(name, node);
		return node.isString() ? node.stringValue() : PostgresText.of(Json.compact(node));
	}

	@Nullable String nonEmptyText(String name) {
		String text = text(name);
		return (text == null || text.isEmpty()) ? null : text;
	}

	@Nullable String requiredText(String name) {
		String text = text(name);
		if (text == null || text.isEmpty()) {
			this.anomalies.add("missing", path(name));
		}
		return text;
	}

	/** A text that should hold JSON, kept even if it does not. */
	@Nullable String jsonText(String name) {
		String text = text(name);
		if (text != null && !Json.isValid(text)) {
			this.anomalies.add("broken JSON", path(name));
		}
		return text;
	}

	/**
	 * A time from 2015 to two days after the answer, in microseconds, the precision of
	 * {@code timestamptz}.
	 */
	@Nullable Instant time(String name) {
		String text = nonEmptyText(name);
		if (text == null) {
			return null;
		}
		try {
			Instant time = TIME.parse(text, Instant::from).truncatedTo(ChronoUnit.MICROS);
			if (!time.isBefore(EARLIEST) && !time.isAfter(this.fetchedAt.plus(AHEAD))) {
				return time;
			}
		}
		catch (DateTimeException ex) {
			// reported below, like a time that cannot be true
		}
		this.anomalies.add("bad time", path(name), PostgresText.cut(text, MAX_QUOTED));
		return null;
	}

	/** Records a value that is present but not text, as documented. */
	void checkText(String name, JsonNode node) {
		if (isPresent(node) && !node.isString()) {
			this.anomalies.add(Anomaly.NOT_TEXT, path(name), "was " + kind(node));
		}
	}

	private static boolean isPresent(JsonNode node) {
		return !node.isMissingNode() && !node.isNull();
	}

	private static String kind(JsonNode node) {
		return node.getNodeType().name().toLowerCase(Locale.ROOT);
	}

}
