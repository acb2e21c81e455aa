package io.jobaudit.report.definition;

import java.io.StringReader;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.jobaudit.report.definition.LocatedText.SourceLocation;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A value of a YAML file with its place, read as the type that is expected. */
public record YamlValue(Node node, String file) {

	static YamlValue parse(String text, String file) {
		try {
			Node node = new Yaml(new LoaderOptions()).compose(new StringReader(text));
			return new YamlValue(Optional.ofNullable(node)
				.orElseThrow(() -> new ReportDefinitionException(new SourceLocation(file, 1, 1), "the file is empty")),
					file);
		}
		catch (MarkedYAMLException ex) {
			throw new ReportDefinitionException(place(ex.getProblemMark(), file), "invalid YAML: " + ex.getProblem(),
					ex);
		}
		catch (YAMLException ex) {
			throw new ReportDefinitionException(SourceLocation.of(file), "invalid YAML: " + ex.getMessage(), ex);
		}
	}

	SourceLocation place() {
		return place(this.node.getStartMark(), this.file);
	}

	LocatedText text() {
		if (!(this.node instanceof ScalarNode scalar) || scalar.getValue().isBlank()) {
			throw expected("a text");
		}
		return new LocatedText(scalar.getValue(), place());
	}

	/** A text for readers: as it is, or the text of the key that it refers to. */
	LocatedText words() {
		return text().known();
	}

	boolean flag() {
		if (!(this.node instanceof ScalarNode scalar) || !List.of("true", "false").contains(scalar.getValue())) {
			throw expected("true or false");
		}
		return scalar.getValue().equals("true");
	}

	int number(int least, int most) {
		String digits = (this.node instanceof ScalarNode scalar) ? scalar.getValue() : "";
		if (digits.matches("\\d{1,6}") && Integer.parseInt(digits) >= least && Integer.parseInt(digits) <= most) {
			return Integer.parseInt(digits);
		}
		throw expected("a whole number from %d to %d".formatted(least, most));
	}

	<E extends Enum<E>> E oneOf(String kind, Class<E> type) {
		LocatedText name = text();
		return Arrays.stream(type.getEnumConstants())
			.filter((constant) -> name(constant).equals(name.text()))
			.findFirst()
			.orElseThrow(() -> ReportDefinitionException.unknown(kind, name,
					Arrays.stream(type.getEnumConstants()).map(YamlValue::name).toList()));
	}

	List<YamlValue> list() {
		if (!(this.node instanceof SequenceNode sequence) || sequence.getValue().isEmpty()) {
			throw expected("a list");
		}
		return sequence.getValue().stream().map((item) -> new YamlValue(item, this.file)).toList();
	}

	YamlMapping mapping() {
		if (!(this.node instanceof MappingNode mapping)) {
			throw expected("keys with values");
		}
		return YamlMapping.of(mapping, place());
	}

	boolean isMapping() {
		return this.node instanceof MappingNode;
	}

	ReportDefinitionException expected(String what) {
		return new ReportDefinitionException(place(), "expected %s, but found %s".formatted(what, found()));
	}

	private String found() {
		if (this.node instanceof ScalarNode scalar) {
			return (scalar.getTag() == Tag.NULL || scalar.getValue().isBlank()) ? "nothing"
					: "\"" + scalar.getValue() + "\"";
		}
		return isMapping() ? "keys with values" : "a list";
	}

	public static String name(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT);
	}

	private static SourceLocation place(@Nullable Mark mark, String file) {
		return (mark != null) ? new SourceLocation(file, mark.getLine() + 1, mark.getColumn() + 1)
				: SourceLocation.of(file);
	}

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
			return find(key).orElseThrow(() -> new ReportDefinitionException(this.place,
					"missing key \"%s\"; the keys here are %s".formatted(key,
							this.values.keySet().stream().map(LocatedText::text).collect(Collectors.joining(", ")))));
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

}
