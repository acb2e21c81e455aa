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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** systemd's own opinion of its samples, where it is installed. */
class SystemdUnitsTest {

	private static final Path SYSTEMD_ANALYZE = Path.of("/usr/bin/systemd-analyze");

	private static final List<String> UNITS = List.of("job-audit.service", "job-audit.timer", "job-audit-stop.service",
			"job-audit-stop.timer", "job-audit-failed.service", "job-audit-migrate.service", "job-audit-night.service",
			"job-audit-night.timer", "job-audit-worker@.service");

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

	/** The sandbox has room for what the run writes, and the log a name. */
	@Test
	void theServiceMayWriteItsReportsAndMetrics() throws Exception {
		String unit = "systemd/job-audit.service";

		assertThat(Sample.values(unit, "ProtectSystem")).containsExactly("strict");
		assertThat(Sample.values(unit, "StateDirectory")).containsExactly("job-audit");
		assertThat(Sample.values(unit, "ReadWritePaths")).containsExactly("-/var/lib/node-exporter");
		assertThat(Files.readString(Path.of("config/application.yml")))
			.contains("# textfile: /var/lib/node-exporter/job-audit.prom");
		assertThat(List.of("SyslogIdentifier", "MemoryMax", "Nice"))
			.allSatisfy((name) -> assertThat(Sample.values(unit, name)).as(name).hasSize(1));
	}

	@Test
	void aMisspeltSettingIsComplainedOf() throws Exception {
		Path unit = this.directory.resolve("job-audit.service");
		Files.writeString(unit, Files.readString(unit).replace("NoNewPrivileges", "NoNewPriviliges"));

		assertThat(verify()).contains("Unknown key", "'NoNewPriviliges'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "job-audit.service", "job-audit-migrate.service", "job-audit-night.service",
			"job-audit-worker@.service" })
	void aServiceIsLittleExposed(String unit) throws Exception {
		Process analyze = analyze("security", "--offline=true", "--threshold=" + EXPOSURE,
				this.directory.resolve(unit).toString());

		assertThat(analyze.waitFor()).as(output(analyze)).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "job-audit.timer, 02:15:00", "job-audit-night.timer, 02:15:00", "job-audit-stop.timer, 06:00:00" })
	void aTimerComesAtItsTime(String timer, String time) throws Exception {
		Process calendar = analyze("calendar", String.join(" ", Sample.values("systemd/" + timer, "OnCalendar")));

		assertThat(output(calendar)).contains("Normalized form: *-*-* " + time + " Asia/Shanghai", "Next elapse: ");
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
