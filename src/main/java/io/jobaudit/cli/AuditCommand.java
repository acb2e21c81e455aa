package io.jobaudit.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import io.jobaudit.ExitStatus;
import io.jobaudit.RunId;
import io.jobaudit.batch.StopRequest;
import io.jobaudit.fetch.AccountClient;
import io.jobaudit.fetch.AccountClients;
import io.jobaudit.fetch.JobListing.ListingStoppedException;
import io.jobaudit.fetch.api.ApiProperties;
import io.jobaudit.ids.BadInputException;
import io.jobaudit.report.subject.ReportStoppedException;
import io.jobaudit.store.StoreProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What commands share: settings, and a lazy application that a signal stops. */
abstract class AuditCommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec = CommandSpec.create();

	/** The program with the options of every command. */
	final JobAudit program() {
		return (JobAudit) this.spec.root().userObject();
	}

	final List<String> settings() {
		return program().settings();
	}

	/** A wrong command line, in words. */
	final ParameterException misuse(String message, @Nullable Throwable cause) {
		return new ParameterException(this.spec.commandLine(), message, cause);
	}

	/**
	 * The run of a number that an operator gives.
	 * @throws BadInputException when no run can have it
	 */
	static RunId toRunId(long number) {
		if (number < 0) {
			throw new BadInputException(
					"the number of a run is 1 or more, but is %d; job-audit runs lists the runs".formatted(number));
		}
		return new RunId(number);
	}

	/** The option that names the reports' directory. */
	static final class Reports {

		@Option(names = "--reports", paramLabel = "DIR",
				description = "Directory for reports; default: audit.report.directory.")
		private @Nullable Path directory;

		List<String> with(List<String> settings) {
			List<String> all = new ArrayList<>(settings);
			if (this.directory != null) {
				all.add("--audit.report.directory=" + this.directory);
			}
			return all;
		}

	}

	/** A client of the configured account, to be closed. */
	static AccountClient client(ApplicationContext context) {
		return context.getBean(AccountClients.class)
			.of(context.getBean(StoreProperties.class).account(), context.getBean(ApiProperties.class));
	}

	@FunctionalInterface
	interface Work {

		ExitStatus run(ConfigurableApplicationContext context, StopRequest stop) throws Exception;

	}

	/**
	 * Starts the application, does the work and stops the application.
	 * @return the exit code; that of the signal when the work was stopped
	 */
	static int run(List<String> settings, Work work) throws Exception {
		try (StopSignals stop = StopSignals.listen(null);
				ConfigurableApplicationContext context = Application.start(settings, true)) {
			try {
				return work.run(context, stop.request()).code();
			}
			catch (ReportStoppedException | ListingStoppedException ex) {
				Failures.say(String.valueOf(ex.getMessage()));
				return stop.request().status().code();
			}
		}
	}

}
