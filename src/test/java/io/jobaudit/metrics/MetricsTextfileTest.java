package io.jobaudit.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

class MetricsTextfileTest {

	private static final String SUCCESS = """
			# HELP jobaudit_last_success_timestamp_seconds When
			# TYPE jobaudit_last_success_timestamp_seconds gauge
			jobaudit_last_success_timestamp_seconds{account="a",region="r"} %s
			""";

	@TempDir
	private Path directory = Path.of("");

	@Test
	void othersMayReadItAndNothingElseIsLeft() throws Exception {
		Path file = this.directory.resolve("a.prom");

		new MetricsTextfile(file).write(text("a", 0));
		new MetricsTextfile(file).write(text("a", 1));

		assertThat(file).hasContent(text("a", 1));
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-r--r--");
		assertThat(names()).containsExactly("a.prom");
	}

	@Test
	void whoReadsWhileItIsWrittenSeesAWholeFileAndNoSecondOne() throws Exception {
		Path file = this.directory.resolve("a.prom");
		MetricsTextfile textfile = new MetricsTextfile(file);
		String first = text("a", 0) + "# first\n".repeat(20_000);
		String second = text("a", 1) + "# second\n".repeat(20_000);
		textfile.write(first);
		ExecutorService writer = Executors.newSingleThreadExecutor();
		try {
			Future<?> written = writer.submit(() -> {
				for (int i = 0; i < 100; i++) {
					textfile.write((i % 2 == 0) ? second : first);
				}
			});
			while (!written.isDone()) {
				assertThat(Files.readString(file)).satisfiesAnyOf((read) -> assertThat(read).isEqualTo(first),
						(read) -> assertThat(read).isEqualTo(second));
				assertThat(names().stream().filter((name) -> name.endsWith(".prom"))).hasSize(1);
			}
			written.get();
		}
		finally {
			writer.shutdownNow();
		}
	}

	@Test
	void aPathThatCannotBeWrittenHarmsNobody() throws Exception {
		Files.createDirectory(this.directory.resolve("a.prom"));
		Files.createFile(this.directory.resolve("a.prom/inside"));

		for (String path : new String[] { "a.prom", "nowhere/a.prom" }) {
			MetricsTextfile textfile = new MetricsTextfile(this.directory.resolve(path));
			assertThatCode(() -> textfile.write(text("a", 0))).doesNotThrowAnyException();
		}

		assertThat(names()).containsExactly("a.prom");
	}

	@Test
	void aSuccessThatIsNotKnownIsTheOneBefore() throws Exception {
		Path file = this.directory.resolve("a.prom");
		MetricsTextfile textfile = new MetricsTextfile(file);
		textfile.write(text("a", 0) + SUCCESS.formatted("17.0"));

		textfile.write(text("a", 69));
		textfile.write(text("a", 69));

		assertThat(file).hasContent(text("a", 69) + SUCCESS.formatted("17.0"));
	}

	@Test
	void aSuccessThatIsKnownTakesThePlaceOfTheOneBefore() throws Exception {
		Path file = this.directory.resolve("a.prom");
		MetricsTextfile textfile = new MetricsTextfile(file);
		textfile.write(text("a", 0) + SUCCESS.formatted("17.0"));

		textfile.write(text("a", 0) + SUCCESS.formatted("18.0"));

		assertThat(file).hasContent(text("a", 0) + SUCCESS.formatted("18.0"));
	}

	@Test
	void aSuccessOfAnotherAccountIsNotCarriedOver() throws Exception {
		Path file = this.directory.resolve("a.prom");
		MetricsTextfile textfile = new MetricsTextfile(file);
		textfile.write(text("a", 0) + SUCCESS.formatted("17.0"));

		textfile.write(text("b", 69));

		assertThat(file).hasContent(text("b", 69));
	}

	private List<String> names() throws IOException {
		try (Stream<Path> files = Files.list(this.directory)) {
			return files.map((path) -> path.getFileName().toString()).toList();
		}
	}

	private static String text(String account, int exitCode) {
		return """
				# HELP jobaudit_run_exit_code Code
				# TYPE jobaudit_run_exit_code gauge
				jobaudit_run_exit_code{account="%1$s",region="r"} %2$d
				# HELP jobaudit_run_in_progress 1
				# TYPE jobaudit_run_in_progress gauge
				jobaudit_run_in_progress{account="%1$s",region="r"} 0.0
				""".formatted(account, exitCode);
	}

}
