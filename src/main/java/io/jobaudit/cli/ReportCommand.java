package io.jobaudit.cli;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;

import io.jobaudit.ExitStatus;
import io.jobaudit.billing.PriceLoader;
import io.jobaudit.report.ReportWriter;
import io.jobaudit.report.WrittenReports;
import io.jobaudit.report.subject.ReportPeriod;
import io.jobaudit.report.subject.ReportProperties;
import io.jobaudit.report.subject.ReportStoppedException;
import io.jobaudit.store.StoreProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Reports of what is stored. */
@Command(name = "report", description = "Writes the reports of a run or a period from what is stored; asks no API.")
final class ReportCommand implements Callable<Integer> {

	@ArgGroup(multiplicity = "1")
	private Subject subject = new Subject();

	@Option(names = "--reports", paramLabel = "DIR", description = "Where reports go; default: audit.report.directory.")
	private @Nullable Path reports;

	private final List<String> settings;

	@ParentCommand
	private JobAudit program = new JobAudit();

	@Spec
	private CommandSpec spec = CommandSpec.create();

	ReportCommand(List<String> settings) {
		this.settings = settings;
	}

	/** What is reported on. */
	static final class Subject {

		@Option(names = "--run", required = true, paramLabel = "N", description = "The run of this number.")
		private @Nullable Long run;

		@Option(names = "--month", required = true, paramLabel = "YYYY-MM",
				description = "Jobs created in this month of audit.report.zone.")
		private @Nullable YearMonth month;

		@ArgGroup(exclusive = false)
		private @Nullable Days days;

	}

	/** Days from a first to a last one. */
	static final class Days {

		@Option(names = "--from", required = true, paramLabel = "YYYY-MM-DD",
				description = "Jobs created on this day or later,")
		private LocalDate from = LocalDate.EPOCH;

		@Option(names = "--to", required = true, paramLabel = "YYYY-MM-DD", description = "and on this day or earlier.")
		private LocalDate to = LocalDate.EPOCH;

	}

	@Override
	public Integer call() {
		ReportPeriod period = period();
		List<String> all = new ArrayList<>(this.settings);
		if (this.reports != null) {
			all.add("--audit.report.directory=" + this.reports);
		}
		try (StopSignals stop = StopSignals.listen(null);
				ConfigurableApplicationContext context = Application.startLazily(all)) {
			try {
				WrittenReports written = write(context, period, () -> stop.request().reason() != null);
				this.program.print(ClosingText.reports(written.directory().toString()), ExitStatus.COMPLETE);
				return ExitStatus.COMPLETE.code();
			}
			catch (ReportStoppedException ex) {
				Failures.say(String.valueOf(ex.getMessage()));
				return stop.request().status().code();
			}
		}
	}

	private WrittenReports write(ConfigurableApplicationContext context, @Nullable ReportPeriod period,
			BooleanSupplier stopping) {
		ReportWriter writer = context.getBean(ReportWriter.class);
		String account = context.getBean(StoreProperties.class).account();
		writer.requireUsableQueries();
		context.getBean(PriceLoader.class).load(account, context.getBean(ReportProperties.class).zone());
		return (period != null) ? writer.write(period, account, stopping)
				: writer.write(Objects.requireNonNull(this.subject.run, "picocli requires one"), stopping);
	}

	private @Nullable ReportPeriod period() {
		try {
			if (this.subject.month != null) {
				return ReportPeriod.of(this.subject.month);
			}
			Days days = this.subject.days;
			return (days != null) ? ReportPeriod.of(days.from, days.to) : null;
		}
		catch (DateTimeException | IllegalArgumentException ex) {
			throw new ParameterException(this.spec.commandLine(), String.valueOf(ex.getMessage()), ex);
		}
	}

}
