package io.jobaudit.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.jobaudit.ExitStatus;
import io.jobaudit.batch.StopRequest;
import io.jobaudit.billing.MonthClosing.MonthCloseException;
import io.jobaudit.cli.RunCommand.Choices;
import io.jobaudit.cli.terminal.Version;
import io.jobaudit.ids.CsvHints;
import io.jobaudit.report.ReportWriter;
import io.jobaudit.report.WrittenReports;
import io.jobaudit.report.subject.ReportPeriod;
import io.jobaudit.simulator.Fault;
import io.jobaudit.simulator.SimulatedJobs;
import io.jobaudit.simulator.Simulator;
import io.jobaudit.simulator.SimulatorOptions;
import io.jobaudit.store.StoreProperties;
import io.jobaudit.upkeep.MonthCloseLauncher;
import io.jobaudit.upkeep.MonthCloseLauncher.MonthCloseResult;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Runs two nights and closes a month, on a simulator and an embedded database of its own.
 */
@Command(name = "demo",
		description = "Runs two nights and closes a month, on a simulator and an embedded database: no cloud account needed.")
final class DemoCommand extends AuditCommand {

	/** Before the days of the last simulated jobs. */
	private static final YearMonth MONTH = YearMonth.from(SimulatedJobs.LATEST.atOffset(ZoneOffset.UTC)).minusMonths(1);

	/** Lines of the list in the first night; the second night has all of them. */
	private static final int FIRST_NIGHT = 700;

	@Option(names = "--reports", paramLabel = "DIR", defaultValue = "reports/demo",
			description = "Where reports go; default: ${DEFAULT-VALUE}.")
	private @Nullable Path reports;

	@Override
	public Integer call() throws Exception {
		SimulatorOptions options = SimulatorOptions.defaults()
			.withRate(400)
			.withLatency(Duration.ofMillis(20), Duration.ofMillis(60))
			.withFaults(Fault.parse("throttle=0.01,server-error=0.01,reset=0.005,cut-body=0.005"));
		// The first link of the vendor's credentials chain.
		System.setProperty("alibabacloud.accessKeyId", options.accessKeyId());
		System.setProperty("alibabacloud.accessKeySecret", options.accessKeySecret());
		Path ids = sample("ids.csv");
		List<String> lines = Files.readAllLines(ids);
		Path first = Files.write(ids.resolveSibling("night-1.csv"), lines.subList(0, 1 + FIRST_NIGHT));
		Path second = Files.write(ids.resolveSibling("night-2.csv"), lines);
		try (StopSignals stop = StopSignals.listen(null)) {
			int code = night(options, first, false, stop.request());
			if (stop.request().reason() == null && code < ExitStatus.USAGE.code()) {
				close(options, stop.request());
				code = night(options.later(), second, true, stop.request());
				reportNext(options, stop.request());
			}
			return code;
		}
	}

	/** In the second night all jobs are asked again, since some have changed. */
	private int night(SimulatorOptions options, Path ids, boolean refetch, StopRequest stop) throws Exception {
		try (Simulator simulator = Simulator.start(options)) {
			return RunCommand.run(settings(simulator), IdSource.ofFile(ids), CsvHints.NONE,
					new Choices(refetch, false, false), stop, program());
		}
	}

	/** As the command does, unless an earlier demo has closed the month. */
	private void close(SimulatorOptions options, StopRequest stop) throws Exception {
		try (Simulator simulator = Simulator.start(options);
				ConfigurableApplicationContext context = Application.start(settings(simulator), true)) {
			MonthCloseResult closed = context.getBean(MonthCloseLauncher.class)
				.close(MONTH, null, Version.current(), () -> stop.reason() != null);
			program().print(ClosingText.of(closed), ExitStatus.COMPLETE);
		}
		catch (MonthCloseException ex) {
			Failures.say(String.valueOf(ex.getMessage()));
		}
	}

	/** The month with the corrections of the closed one. */
	private void reportNext(SimulatorOptions options, StopRequest stop) throws Exception {
		try (Simulator simulator = Simulator.start(options);
				ConfigurableApplicationContext context = Application.start(settings(simulator), true)) {
			WrittenReports written = context.getBean(ReportWriter.class)
				.write(ReportPeriod.of(MONTH.plusMonths(1)), context.getBean(StoreProperties.class).account(),
						() -> stop.reason() != null);
			program().print(ClosingText.reports(written.directory().toString()), ExitStatus.COMPLETE);
		}
	}

	private List<String> settings(Simulator simulator) throws IOException {
		List<String> all = new ArrayList<>(List.of("--audit.account=demo", "--audit.api.region=cn-shanghai",
				"--audit.api.endpoint=" + simulator.endpoint(), "--audit.api.rate=200",
				"--audit.data-directory=data/demo", "--audit.report.directory=" + this.reports,
				"--audit.report.group-by=user_data.costCenter", "--audit.prices.file=" + sample("prices.csv"),
				"--audit.booking.accounts-map=" + sample("accounts-map.csv"), "--spring.datasource.url=",
				"--audit.embedded-database=allow", "--audit.notify.url=", "--audit.notify.mail.to="));
		all.addAll(settings());
		return all;
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
