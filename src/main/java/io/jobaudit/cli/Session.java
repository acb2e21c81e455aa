package io.jobaudit.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.jobaudit.ExitStatus;
import io.jobaudit.batch.StopRequest;
import io.jobaudit.fetch.ListingStoppedException;
import io.jobaudit.report.subject.ReportStoppedException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Option;

/** What commands other than a run share: a lazy application that a signal stops. */
final class Session {

	private Session() {
	}

	/** The option that names the reports' directory. */
	static final class Reports {

		@Option(names = "--reports", paramLabel = "DIR",
				description = "Directory for reports; default: audit.report.directory.")
		private @Nullable Path directory;

		/** The settings of a command line with this option. */
		List<String> with(List<String> settings) {
			List<String> all = new ArrayList<>(settings);
			if (this.directory != null) {
				all.add("--audit.report.directory=" + this.directory);
			}
			return all;
		}

	}

	/** What a command does. */
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
				ConfigurableApplicationContext context = Application.startLazily(settings)) {
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
