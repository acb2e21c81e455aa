package io.jobaudit.report.definition;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;

/** Keys of a YAML file with their values, without duplicates. */
record YamlMapping(SourceLocation place, Map<LocatedText, YamlValue> values) {

	static YamlMapping of(MappingNode node, SourceLocation place) {
		YamlMapping mapping = new YamlMapping(place, new LinkedHashMap<>());
		for (NodeTuple tuple : node.getValue()) {
			LocatedText key = new YamlValue(tuple.getKeyNode(), place.file()).text();
			key.require(mapping.find(key.text()).isEmpty(), "duplicate key \"%s\"", key);
			mapping.values.put(key, new YamlValue(tuple.getValueNode(), place.file()));
		}
		return mapping;
	}

	/** Refuses all other keys. */
	YamlMapping allow(String... keys) {
		List<String> known = List.of(keys);
		for (LocatedText key : this.values.keySet()) {
			if (!known.contains(key.text())) {
				throw ReportDefinitionException.unknown("key", key, known);
			}
		}
		return this;
	}

	Optional<YamlValue> find(String key) {
		return this.values.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().text().equals(key))
			.map(Map.Entry::getValue)
			.findFirst();
	}

	YamlValue require(String key) {
		return find(key).orElseThrow(
				() -> new ReportDefinitionException(this.place, "missing key \"%s\"; the keys here are %s".formatted(
						key, this.values.keySet().stream().map(LocatedText::text).collect(Collectors.joining(", ")))));
	}

	Optional<LocatedText> text(String key) {
		return find(key).map(YamlValue::text);
	}

	boolean flag(String key) {
		return find(key).map(YamlValue::flag).orElse(false);
	}

	List<YamlValue> list(String key) {
		return find(key).map(YamlValue::list).orElse(List.of());
	}

}
