package io.jobaudit.metrics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Prometheus' text format, read as strictly as its own readers do: help and type of a
 * family come once, before its samples, and no sample is repeated.
 *
 * @param families families by name, each its text
 * @param samples values by name and sorted labels, such as {@code a{b="c"}}
 */
public record ExpositionText(Map<String, String> families, Map<String, Double> samples) {

	private static final Pattern COMMENT = Pattern.compile("# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)");

	private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)\\{(.*)} (\\S+)");

	private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\",?");

	public static ExpositionText parse(String text) {
		if (!text.endsWith("\n")) {
			throw new IllegalArgumentException("the last line does not end: " + text);
		}
		ExpositionText parsed = new ExpositionText(new LinkedHashMap<>(), new LinkedHashMap<>());
		String family = "";
		for (String line : text.split("\n")) {
			family = line.startsWith("#") ? parsed.comment(line, family) : parsed.sample(line, family);
			parsed.families.merge(family, line + "\n", String::concat);
		}
		return parsed;
	}

	/** Value of a sample. */
	double value(String name, String... labels) {
		Map<String, String> sorted = new TreeMap<>();
		for (int i = 0; i < labels.length; i += 2) {
			sorted.put(labels[i], labels[i + 1]);
		}
		Double value = this.samples.get(key(name, sorted));
		if (value == null) {
			throw new AssertionError("no " + key(name, sorted) + " in " + this.samples.keySet());
		}
		return value;
	}

	private String comment(String line, String family) {
		Matcher matcher = COMMENT.matcher(line);
		if (!matcher.matches()) {
			throw new IllegalArgumentException("not a comment: " + line);
		}
		String name = matcher.group(2);
		boolean isType = matcher.group(1).equals("TYPE");
		if (isType != name.equals(family) || (!isType && this.families.containsKey(name))) {
			throw new IllegalArgumentException("help, then type, once a family: " + line);
		}
		return name;
	}

	private String sample(String line, String family) {
		Matcher matcher = SAMPLE.matcher(line);
		if (!matcher.matches() || !matcher.group(1).startsWith(family) || family.isEmpty()) {
			throw new IllegalArgumentException("not a sample of " + family + ": " + line);
		}
		String key = key(matcher.group(1), labels(matcher.group(2)));
		if (this.samples.put(key, Double.parseDouble(matcher.group(3).replace("+Inf", "Infinity"))) != null) {
			throw new IllegalArgumentException("twice: " + key);
		}
		return family;
	}

	private static Map<String, String> labels(String text) {
		Map<String, String> labels = new TreeMap<>();
		if (!LABEL.matcher(text).replaceAll("").isEmpty()) {
			throw new IllegalArgumentException("not labels: " + text);
		}
		LABEL.matcher(text).results().forEach((MatchResult label) -> labels.put(label.group(1), label.group(2)));
		return labels;
	}

	private static String key(String name, Map<String, String> labels) {
		return name + labels;
	}

}
