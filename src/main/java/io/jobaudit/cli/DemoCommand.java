package io.jobaudit.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.jobaudit.cli.RunCommand.Choices;
import io.jobaudit.ids.CsvHints;
import io.jobaudit.simulator.Fault;
import io.jobaudit.simulator.Simulator;
import io.jobaudit.simulator.SimulatorOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the main job on a simulator and an embedded database of its own. */
@Command(name = "demo",
		description = "Runs the main job on a simulator and an embedded database: no cloud account needed.")
final class DemoCommand extends AuditCommand {

	@Option(names = "--reports", paramLabel = "DIR", defaultValue = "reports/demo",
			description = "Where reports go; default: ${DEFAULT-VALUE}.")
	private @Nullable Path reports;

	@Override
	public Integer call() throws Exception {
		SimulatorOptions options = SimulatorOptions.defaults()
			.withRate(400)
			.withLatency(Duration.ofMillis(20), Duration.ofMillis(60))
			.withFaults(Fault.parse("throttle=0.01,server-error=0.01,reset=0.005,cut-body=0.005"));
		try (Simulator simulator = Simulator.start(options)) {
			// The first link of the vendor's credentials chain.
			System.setProperty("alibabacloud.accessKeyId", options.accessKeyId());
			System.setProperty("alibabacloud.accessKeySecret", options.accessKeySecret());
			List<String> all = new ArrayList<>(List.of("--audit.account=demo", "--audit.api.region=cn-shanghai",
					"--audit.api.endpoint=" + simulator.endpoint(), "--audit.api.rate=200",
					"--audit.data-directory=data/demo", "--audit.report.directory=" + this.reports,
					"--audit.report.group-by=user_data.costCenter", "--audit.prices.file=" + sample("prices.csv"),
					"--spring.datasource.url=", "--audit.embedded-database=allow", "--audit.notify.url=",
					"--audit.notify.mail.to="));
			all.addAll(settings());
			try (StopSignals stop = StopSignals.listen(null)) {
				return RunCommand.run(all, IdSource.ofFile(sample("ids.csv")), CsvHints.NONE,
						new Choices(false, false, false), stop.request(), program());
			}
		}
	}

	private static Path sample(String name) throws IOException {
		Path file = Path.of("data", "demo", name);
		Files.createDirectories(file.getParent());
		try (InputStream sample = DemoCommand.class.getResourceAsStream("/demo/" + name)) {
			Files.copy(Objects.requireNonNull(sample, "the samples are in the jar"), file,
					StandardCopyOption.REPLACE_EXISTING);
		}
		return file;
	}

}
