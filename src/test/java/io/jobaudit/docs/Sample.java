package io.jobaudit.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.yaml.snakeyaml.Yaml;

/** What the tests of the samples in config/ read. */
final class Sample {

	static final Path CONFIG = Path.of("config");

	private Sample() {
	}

	/** All samples of deployment. */
	static List<Path> all() throws IOException {
		try (Stream<Path> files = Files.walk(CONFIG)) {
			return files.filter(Files::isRegularFile)
				.filter((file) -> file.getNameCount() > 2 && !file.startsWith(CONFIG.resolve("docker/secrets")))
				.sorted()
				.toList();
		}
	}

	static String read(String file) throws IOException {
		return Files.readString(CONFIG.resolve(file));
	}

	/** Values of a name in a file of {@code name=value}, each cut at its spaces. */
	static List<String> values(String file, String name) throws IOException {
		return read(file).lines()
			.filter((line) -> line.startsWith(name + "="))
			.flatMap((line) -> Arrays.stream(line.substring(name.length() + 1).split(" ")))
			.toList();
	}

	static Map<String, Object> yaml(String file) throws IOException {
		return new Yaml().load(read(file));
	}

	/** What lies at a path of names and numbers in a tree of maps and lists. */
	static Object at(Object tree, Object... path) {
		Object here = tree;
		for (Object step : path) {
			here = (step instanceof Integer index) ? ((List<?>) here).get(index) : ((Map<?, ?>) here).get(step);
			if (here == null) {
				throw new IllegalArgumentException("there is no " + step + " of " + Arrays.toString(path));
			}
		}
		return here;
	}

	/** The job's pod in the CronJob. */
	static Object pod() throws IOException {
		return at(job(), "template", "spec");
	}

	/** The pod of a worker. */
	static Object worker() throws IOException {
		return at(yaml("kubernetes/workers/deployment.yaml"), "spec", "template", "spec");
	}

	/** The job of the CronJob. */
	static Object job() throws IOException {
		return at(yaml("kubernetes/base/cronjob.yaml"), "spec", "jobTemplate", "spec");
	}

}
