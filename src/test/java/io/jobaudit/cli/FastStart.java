package io.jobaudit.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.UnaryOperator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Unpacks the jar and archives its classes, as the Docker image may do: a start takes
 * half of its time, and hundreds of starts are a matter of minutes.
 */
final class FastStart {

	private static final String COMPILER = "-XX:TieredStopAtLevel=1";

	private FastStart() {
	}

	/** How processes are started from then on. */
	static UnaryOperator<AuditProcess> prepare(Path directory) throws IOException, InterruptedException {
		String jar = System.getProperty("job-audit.jar");
		if (jar == null) {
			return UnaryOperator.identity();
		}
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		assertThat(new ProcessBuilder(java, "-Djarmode=tools", "-jar", jar, "extract", "--destination",
				directory.resolve("program").toString())
			.inheritIO()
			.start()
			.waitFor()).isZero();
		Path program = directory.resolve("program").resolve(Path.of(jar).getFileName());
		Path archive = directory.resolve("classes.jsa");
		Path home = Files.createDirectory(directory.resolve("training"));
		try (ChaosNight night = new ChaosNight(home, null, (process) -> process.jar(program)
			.jvmOptions(COMPILER, "-XX:ArchiveClassesAtExit=" + archive, "-Xlog:cds=off", "-Xlog:cds+dynamic=off"),
				new Random(0), 0)) {
			night.begin();
			night.complete();
		}
		assertThat(archive).exists();
		return (process) -> process.jar(program).jvmOptions(COMPILER, "-XX:SharedArchiveFile=" + archive);
	}

}
