package io.jobaudit.cli;

import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

import io.jobaudit.ConfigurationException;
import io.jobaudit.DidYouMean;
import io.jobaudit.FailureReason;
import io.jobaudit.fetch.api.ApiProperties;
import io.jobaudit.fetch.api.CredentialsReference;
import io.jobaudit.ledger.LimitsProperties;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A file of accounts: their names, where their keys are kept, and which ids are audited.
 */
record AccountsFile(Path file) {

	private static final String NUMBER = "a number";

	/**
	 * An account of the file.
	 *
	 * @param credentials kind of the reference to its key
	 * @param reference where its key is
	 */
	record NamedAccount(String name, ApiProperties api, CredentialsReference credentials, String reference,
			LimitsProperties limits, IdSource ids) {
	}

	/**
	 * Reads the file.
	 * @param defaults values of the settings that an account does not have
	 * @throws ConfigurationException with line and column of what is wrong
	 */
	List<NamedAccount> read(ApiProperties defaults, LimitsProperties limits) {
		Map<String, Node> top = mapping(parse(), "accounts");
		List<NamedAccount> accounts = new ArrayList<>();
		Set<String> names = new HashSet<>();
		for (Node node : list(require(top, "accounts", parse()))) {
			NamedAccount account = account(node, defaults, limits);
			if (!names.add(account.name())) {
				throw wrong(node, "the account \"%s\" is named twice".formatted(account.name()));
			}
			accounts.add(account);
		}
		return accounts;
	}

	private NamedAccount account(Node node, ApiProperties defaults, LimitsProperties limits) {
		Map<String, Node> keys = mapping(node, "name", "region", "endpoint", "rate", "concurrency", "credentials",
				"ids", "limits");
		String name = text(require(keys, "name", node));
		if (!name.matches("[\\w.-]{1,100}")) {
			throw wrong(require(keys, "name", node),
					"a name takes letters, digits, dots, dashes and underscores, but got \"%s\"".formatted(name));
		}
		ApiProperties api = checked(node,
				() -> defaults.with(text(keys, "region").orElse(defaults.region()),
						text(keys, "endpoint").map(URI::create).orElse(defaults.endpoint()),
						value(keys, "rate", NUMBER, Double::valueOf).orElse(defaults.rate()),
						value(keys, "concurrency", NUMBER, Integer::valueOf).orElse(defaults.concurrency())));
		Map<String, Node> reference = mapping(require(keys, "credentials", node),
				Arrays.stream(CredentialsReference.values())
					.map(CredentialsReference::toString)
					.toArray(String[]::new));
		Map.Entry<String, Node> one = only(reference, require(keys, "credentials", node));
		CredentialsReference kind = Arrays.stream(CredentialsReference.values())
			.filter((value) -> value.toString().equals(one.getKey()))
			.findFirst()
			.orElseThrow();
		String where = text(one.getValue());
		return new NamedAccount(name, api, kind, (kind == CredentialsReference.FILE) ? beside(where).toString() : where,
				limits(keys, limits), ids(require(keys, "ids", node)));
	}

	private LimitsProperties limits(Map<String, Node> account, LimitsProperties defaults) {
		Node node = account.get("limits");
		if (node == null) {
			return defaults;
		}
		Map<String, Node> keys = mapping(node, "max-unreadable", "max-failed-percent");
		return checked(node, () -> new LimitsProperties(
				value(keys, "max-unreadable", NUMBER, Long::valueOf).orElse(defaults.maxUnreadable()),
				value(keys, "max-failed-percent", NUMBER, Double::valueOf).orElse(defaults.maxFailedPercent())));
	}

	private IdSource ids(Node node) {
		Map.Entry<String, Node> one = only(mapping(node, "files", "query", "discover"), node);
		return switch (one.getKey()) {
			case "files" ->
				IdSource.ofFiles(list(one.getValue()).stream().map((file) -> beside(text(file)).toString()).toList());
			case "query" -> IdSource.ofQuery(beside(text(one.getValue())));
			default -> {
				Map<String, Node> filter = mapping(one.getValue(), "type", "state", "from");
				yield IdSource.ofListing(text(filter, "type").orElse(null), text(filter, "state").orElse(null),
						value(filter, "from", "a day, e.g. 2026-11-01", LocalDate::parse).orElse(null));
			}
		};
	}

	private Path beside(String path) {
		Path parent = this.file.toAbsolutePath().getParent();
		return (parent != null) ? parent.resolve(path) : Path.of(path);
	}

	private Node parse() {
		try {
			Node node = new Yaml(new LoaderOptions()).compose(new StringReader(Files.readString(this.file)));
			return Optional.ofNullable(node)
				.orElseThrow(() -> new ConfigurationException(this.file + ": the file is empty"));
		}
		catch (IOException ex) {
			throw new ConfigurationException("cannot read the file of accounts: " + FailureReason.of(ex), ex);
		}
		catch (MarkedYAMLException ex) {
			throw new ConfigurationException(place(ex.getProblemMark()) + ": invalid YAML: " + ex.getProblem(), ex);
		}
	}

	private Map<String, Node> mapping(Node node, String... known) {
		if (!(node instanceof MappingNode mapping)) {
			throw wrong(node, "expected the keys %s".formatted(String.join(", ", known)));
		}
		Map<String, Node> values = new LinkedHashMap<>();
		for (NodeTuple tuple : mapping.getValue()) {
			String key = text(tuple.getKeyNode());
			if (!List.of(known).contains(key)) {
				throw wrong(tuple.getKeyNode(), "unknown key \"%s\"%s".formatted(key,
						DidYouMean.of(key, List.of(known)).map("; did you mean \"%s\"?"::formatted).orElse("")));
			}
			if (values.put(key, tuple.getValueNode()) != null) {
				throw wrong(tuple.getKeyNode(), "duplicate key \"%s\"".formatted(key));
			}
		}
		return values;
	}

	private Map.Entry<String, Node> only(Map<String, Node> values, Node node) {
		if (values.size() != 1) {
			throw wrong(node, "expected exactly one key, but found %d".formatted(values.size()));
		}
		return values.entrySet().iterator().next();
	}

	private List<Node> list(Node node) {
		if (!(node instanceof SequenceNode sequence) || sequence.getValue().isEmpty()) {
			throw wrong(node, "expected a list");
		}
		return sequence.getValue();
	}

	private Node require(Map<String, Node> values, String key, Node parent) {
		Node node = values.get(key);
		if (node == null) {
			throw wrong(parent, "missing key \"%s\"".formatted(key));
		}
		return node;
	}

	private Optional<String> text(Map<String, Node> values, String key) {
		return Optional.ofNullable(values.get(key)).map(this::text);
	}

	private String text(Node node) {
		if (!(node instanceof ScalarNode scalar) || scalar.getValue().isBlank()) {
			throw wrong(node, "expected a text");
		}
		return scalar.getValue();
	}

	private <T> Optional<T> value(Map<String, Node> values, String key, String kind, Function<String, T> reading) {
		return Optional.ofNullable(values.get(key)).map((node) -> {
			try {
				return reading.apply(text(node));
			}
			catch (NumberFormatException | DateTimeException ex) {
				throw wrong(node, "%s takes %s, but got \"%s\"".formatted(key, kind, text(node)));
			}
		});
	}

	/** Reports a value that the settings reject, with its place in this file. */
	private <T> T checked(Node node, Supplier<T> reading) {
		try {
			return reading.get();
		}
		catch (IllegalArgumentException ex) {
			throw wrong(node, String.valueOf(ex.getMessage()));
		}
	}

	private ConfigurationException wrong(Node node, String problem) {
		return new ConfigurationException(place(node.getStartMark()) + ": " + problem);
	}

	private String place(@Nullable Mark mark) {
		return (mark == null) ? this.file.toString()
				: "%s:%d:%d".formatted(this.file, mark.getLine() + 1, mark.getColumn() + 1);
	}

}
