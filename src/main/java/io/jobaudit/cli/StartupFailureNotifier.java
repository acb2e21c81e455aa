package io.jobaudit.cli;

import java.util.List;
import java.util.function.Supplier;

import io.jobaudit.Account;
import io.jobaudit.ExitStatus;
import io.jobaudit.Ticker;
import io.jobaudit.batch.RunObserver.RunEnding;
import io.jobaudit.batch.StopRequest;
import io.jobaudit.metrics.StartupFailureMetrics;
import io.jobaudit.notify.Notifier;
import io.jobaudit.notify.RunNotification;
import io.jobaudit.progress.RunSummaryEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.mail.autoconfigure.MailSenderAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/**
 * Reports a run that failed before Spring was started: no file of ids, a wrong setting,
 * no database. Needs the settings of metrics and notifications only.
 */
final class StartupFailureNotifier {

	private static final Logger LOG = LoggerFactory.getLogger(StartupFailureNotifier.class);

	private StartupFailureNotifier() {
	}

	/** Does what may fail; a failure is reported and thrown again. */
	static <T> T onFailure(List<String> settings, StopRequest stop, Supplier<T> work) {
		try {
			return work.get();
		}
		catch (RuntimeException ex) {
			report(settings, stop, ex);
			throw ex;
		}
	}

	private static void report(List<String> settings, StopRequest stop, RuntimeException failure) {
		try (ConfigurableApplicationContext mail = new SpringApplicationBuilder(SettingsAndMail.class)
			.web(WebApplicationType.NONE)
			.lazyInitialization(true)
			.run(settings.toArray(String[]::new))) {
			ExitStatus status = Failures.statusOf(failure);
			new RunSummaryEvent(Ticker.SYSTEM).ended(new RunEnding(null, status, failure, stop));
			Environment environment = mail.getEnvironment();
			StartupFailureMetrics.publish(environment, status);
			Notifier.of(mail)
				.send(() -> RunNotification.notOpened(new Account(environment.getProperty("audit.account", "default")),
						environment.getProperty("audit.api.region"), status, Failures.describe(failure)), stop);
		}
		catch (RuntimeException ex) {
			LOG.debug("No notification: the settings audit.notify.* cannot be read", ex);
		}
	}

	/** Settings, and mail in case it is needed. */
	@ImportAutoConfiguration(MailSenderAutoConfiguration.class)
	static class SettingsAndMail {

	}

}
