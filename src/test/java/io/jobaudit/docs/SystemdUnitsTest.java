package io.jobaudit.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** systemd's own opinion of its samples, where it is installed. */
class SystemdUnitsTest {

	private static final Path SYSTEMD_ANALYZE = Path.of("/usr/bin/systemd-analyze");

	private static final List<String> UNITS = List.of("job-audit.service", "job-audit.timer",
			"job-audit-failed.service", "job-audit-migrate.service");

	/** Exposure in tenths: from 0, locked in, to 100. */
	private static final int EXPOSURE = 30;

	@TempDir
	private Path directory;

	@BeforeEach
	void copyWithAProgramThatIsThere() throws IOException {
		assumeThat(SYSTEMD_ANALYZE).exists();
		Path java = Path.of(System.getProperty("java.home"), "bin", "java");
		for (String unit : UNITS) {
			Files.writeString(this.directory.resolve(unit),
					Sample.read("systemd/" + unit).replace("/usr/bin/job-audit", java.toString()));
		}
	}

	@Test
	void theUnitsAreWithoutComplaint() throws Exception {
		assertThat(verify()).isEmpty();
	}

	@Test
	void aMisspeltSettingIsComplainedOf() throws Exception {
		Path unit = this.directory.resolve("job-audit.service");
		Files.writeString(unit, Files.readString(unit).replace("NoNewPrivileges", "NoNewPriviliges"));

		assertThat(verify()).contains("Unknown key", "'NoNewPriviliges'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "job-audit.service", "job-audit-migrate.service" })
	void aServiceIsLittleExposed(String unit) throws Exception {
		Process analyze = analyze("security", "--offline=true", "--threshold=" + EXPOSURE,
				this.directory.resolve(unit).toString());

		assertThat(analyze.waitFor()).as(output(analyze)).isZero();
	}

	@Test
	void theTimerComesAtTwoFifteen() throws Exception {
		Process calendar = analyze("calendar",
				String.join(" ", Sample.values("systemd/job-audit.timer", "OnCalendar")));

		assertThat(output(calendar)).contains("Normalized form: *-*-* 02:15:00 Asia/Shanghai", "Next elapse: ");
		assertThat(calendar.waitFor()).isZero();
	}

	private String verify() throws IOException {
		return output(analyze(Stream
			.concat(Stream.of("verify", "--man=no"),
					UNITS.stream().map((unit) -> this.directory.resolve(unit).toString()))
			.toArray(String[]::new)));
	}

	private static Process analyze(String... arguments) throws IOException {
		List<String> command = new ArrayList<>(List.of(SYSTEMD_ANALYZE.toString()));
		command.addAll(List.of(arguments));
		return new ProcessBuilder(command).redirectErrorStream(true).start();
	}

	private static String output(Process process) throws IOException {
		return new String(process.getInputStream().readAllBytes());
	}

}
