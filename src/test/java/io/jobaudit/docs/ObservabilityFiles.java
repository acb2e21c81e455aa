package io.jobaudit.docs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import io.jobaudit.metrics.ExpositionText;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** The dashboard and the alerts that we ship, and what they ask for. */
public final class ObservabilityFiles {

	public static final Path DIRECTORY = Path.of("config/observability");

	private static final Pattern SELECTOR = Pattern.compile("\\b(jobaudit_[a-z_]+)(?:\\{([^}]*)})?");

	private static final Pattern MATCHER = Pattern.compile("([a-z_]+)\\s*(?:=~|!~|!=|=)\\s*\"([^\"]*)\"");

	private static final Pattern GROUPING = Pattern.compile("\\b(?:by|on|without|ignoring)\\s*\\(([^)]*)\\)");

	private ObservabilityFiles() {
	}

	/** All expressions of the dashboard, its variables' too. */
	public static List<String> dashboardExpressions() throws Exception {
		JsonNode dashboard = JsonMapper.shared().readTree(DIRECTORY.resolve("grafana-dashboard.json"));
		List<String> expressions = new ArrayList<>(dashboard.findValuesAsString("expr"));
		dashboard.at("/templating/list").forEach((variable) -> {
			if (variable.path("type").asString().equals("query")) {
				expressions.add(variable.path("definition").asString());
			}
		});
		return expressions;
	}

	public static List<String> alertExpressions() throws Exception {
		List<String> expressions = new ArrayList<>();
		collect(new Yaml().load(Files.readString(DIRECTORY.resolve("alerts.yml"))), expressions);
		return expressions;
	}

	private static void collect(Object node, List<String> expressions) {
		if (node instanceof Map<?, ?> map) {
			map.forEach((key, value) -> {
				if ("expr".equals(key)) {
					expressions.add(String.valueOf(value));
				}
				collect(value, expressions);
			});
		}
		if (node instanceof List<?> list) {
			list.forEach((value) -> collect(value, expressions));
		}
	}

	/**
	 * What is asked for of a run of one process must be there, down to the values of our
	 * own labels.
	 */
	public static void assertSpeakOfMetricsIn(ExpositionText told) throws Exception {
		Map<String, Set<String>> labels = new TreeMap<>();
		told.samples().keySet().forEach((sample) -> {
			String name = sample.substring(0, sample.indexOf('{'));
			String pairs = sample.substring(name.length() + 1, sample.length() - 1);
			labels.computeIfAbsent(name, (key) -> new TreeSet<>()).addAll(List.of(pairs.split(", ")));
		});
		List<String> all = new ArrayList<>(dashboardExpressions());
		all.addAll(alertExpressions());
		assertThat(all.removeIf((expression) -> expression.contains("jobaudit_parts_lost"))).isTrue();
		assertThat(all).hasSizeGreaterThan(20).allMatch((expression) -> expression.contains("jobaudit_"));
		all.forEach((expression) -> assertIsThere(expression, labels));
	}

	private static void assertIsThere(String expression, Map<String, Set<String>> labels) {
		Set<String> names = new TreeSet<>();
		SELECTOR.matcher(expression).results().forEach((MatchResult selector) -> {
			Set<String> known = labels.getOrDefault(selector.group(1), Set.of());
			assertThat(known).as("metric " + selector.group(1) + " of " + expression).isNotEmpty();
			known.forEach((pair) -> names.add(pair.substring(0, pair.indexOf('='))));
			String matchers = (selector.group(2) != null) ? selector.group(2) : "";
			MATCHER.matcher(matchers)
				.results()
				.forEach((MatchResult matcher) -> assertThat(known).as("label " + matcher.group() + " of " + expression)
					.anyMatch((pair) -> pair.equals(matcher.group(1) + "=" + matcher.group(2))
							|| (matcher.group(2).startsWith("$") && pair.startsWith(matcher.group(1) + "="))));
		});
		GROUPING.matcher(expression)
			.results()
			.flatMap((MatchResult grouping) -> List.of(grouping.group(1).split("\\s*,\\s*")).stream())
			.forEach((label) -> assertThat(names).as("grouping of " + expression).contains(label));
	}

}
