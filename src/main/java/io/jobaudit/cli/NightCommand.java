package io.jobaudit.cli;

import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Optional;

import io.jobaudit.ExitStatus;
import io.jobaudit.batch.StopRequest;
import io.jobaudit.cluster.NightSummaries;
import io.jobaudit.cluster.NightSummary;
import io.jobaudit.cluster.Nights;
import io.jobaudit.cluster.Worker;
import io.jobaudit.report.subject.ReportProperties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Audits several accounts. */
@Command(name = "night",
		description = "Audits all accounts of a file, one run for each; a second start on the same day continues the same night.")
final class NightCommand extends AuditCommand {

	private static final Logger LOG = LoggerFactory.getLogger(NightCommand.class);

	@Option(names = "--accounts", required = true, paramLabel = "FILE",
			description = "File of accounts, e.g. accounts.yml.")
	private Path accounts = Path.of("accounts.yml");

	@Mixin
	private Reports reports = new Reports();

	@Option(names = "--until", paramLabel = "TIME",
			description = "Make no call after this time of day in audit.report.zone, e.g. 06:00; start again to resume.")
	private @Nullable LocalTime until;

	@Option(names = "--detach", description = "Leave the work to workers: print the number of the night and end.")
	private boolean detach;

	@Override
	public Integer call() throws Exception {
		return run(this.reports.with(settings()), (context, stop) -> {
			try (Worker worker = new SharedWork(context, stop).of(this.accounts)) {
				ZonedDateTime now = ZonedDateTime.now(context.getBean(ReportProperties.class).zone());
				long night = worker.openNight(now.toLocalDate(),
						(this.until != null) ? StopSignals.next(this.until, now).toInstant() : null);
				if (this.detach) {
					program().print(night + "\n", ExitStatus.COMPLETE);
					return ExitStatus.COMPLETE;
				}
				LOG.info("Night {}", night);
				worker.start();
				return await(context, worker, night, stop);
			}
		});
	}

	private ExitStatus await(ApplicationContext context, Worker worker, long night, StopRequest stop) throws Exception {
		Nights nights = context.getBean(Nights.class);
		Optional<ExitStatus> ended = worker.patiently(() -> nights.status(night));
		while (ended.isEmpty() && stop.reason() == null) {
			worker.pause();
			ended = worker.patiently(() -> nights.status(night));
		}
		NightSummary summary = worker.patiently(() -> context.getBean(NightSummaries.class).of(night));
		ExitStatus status = ended.orElse(stop.status());
		program().print(NightText.of(summary, status), status);
		return status;
	}

}
