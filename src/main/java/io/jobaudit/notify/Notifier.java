package io.jobaudit.notify;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import io.jobaudit.FailureReason;
import io.jobaudit.ReportTexts;
import io.jobaudit.batch.StopRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContext;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/** Sends notifications in threads with a time limit; a failure is only logged. */
public final class Notifier {

	private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);

	/** To read the summary of a run from a slow disk. */
	private static final Duration LONGEST_MAKING = Duration.ofSeconds(12);

	/** Long enough for megabytes on a slow line. */
	private static final Duration LONGEST_MAIL = Duration.ofSeconds(60);

	/** The process is halted ten seconds after a stop; it needs two of them to end. */
	private static final Duration AFTER_STOP = Duration.ofSeconds(8);

	/** A transmission that may fail. */
	@FunctionalInterface
	private interface Sending {

		void run() throws Exception;

	}

	private final NotifyProperties properties;

	private final ReportTexts texts;

	private final @Nullable String proxy;

	private final Supplier<JavaMailSender> mailSender;

	private final Duration afterStop;

	Notifier(NotifyProperties properties, ReportTexts texts, @Nullable String proxy,
			Supplier<JavaMailSender> mailSender) {
		this(properties, texts, proxy, mailSender, AFTER_STOP);
	}

	Notifier(NotifyProperties properties, ReportTexts texts, @Nullable String proxy,
			Supplier<JavaMailSender> mailSender, Duration afterStop) {
		this.properties = properties;
		this.texts = texts;
		this.proxy = proxy;
		this.mailSender = mailSender;
		this.afterStop = afterStop;
	}

	/** A notifier with the settings and the mail sender of a context. */
	public static Notifier of(ApplicationContext context) {
		Binder binder = Binder.get(context.getEnvironment());
		return new Notifier(binder.bindOrCreate("audit.notify", NotifyProperties.class), language(binder),
				context.getEnvironment().getProperty("audit.api.proxy"), () -> context.getBean(JavaMailSender.class));
	}

	/** The texts of notifications: those of the reports. */
	static ReportTexts language(Binder binder) {
		return binder.bind("audit.report.language", ReportTexts.class).orElse(ReportTexts.EN);
	}

	/**
	 * Sends a notification if it is wanted on this occasion. Returns within a limited
	 * time, and soon if the process is to stop.
	 * @param notification made only if there is a recipient
	 */
	public void send(Supplier<RunNotification> notification, StopRequest stop) {
		if (this.properties.url() == null && this.properties.mail().to().isEmpty()) {
			return;
		}
		CustomizableThreadFactory daemons = new CustomizableThreadFactory("notify-");
		daemons.setDaemon(true);
		ExecutorService threads = Executors.newCachedThreadPool(daemons);
		try {
			RunNotification made = bounded(CompletableFuture.supplyAsync(notification, threads), LONGEST_MAKING, stop)
				.join()
				.linkedTo(this.properties.link());
			if (made.isWanted(this.properties.on())) {
				NotificationText text = new NotificationText(made, this.texts);
				CompletableFuture<Void> webhook = sending(() -> webhook(text), threads, Duration.ofSeconds(10), stop);
				CompletableFuture<Void> mail = sending(() -> mail(text), threads, LONGEST_MAIL, stop);
				await(webhook, "audit.notify.url");
				await(mail, "spring.mail and audit.notify.mail");
			}
		}
		catch (CompletionException ex) {
			warn("the directory of the reports", ex);
		}
		finally {
			threads.shutdownNow();
		}
	}

	/**
	 * Checks that the webhook's host answers, and sends no message.
	 * @return the host; empty when there is no webhook
	 * @throws IOException if it does not answer
	 */
	public Optional<String> checkWebhook() throws IOException {
		URI url = this.properties.url();
		if (url == null) {
			return Optional.empty();
		}
		new Webhook(url, this.properties.format(), this.properties.secret(), this.proxy).check();
		return Optional.of(url.getHost());
	}

	/**
	 * Logs in to the mail server, and sends no mail.
	 * @return the server; empty when there is no recipient
	 * @throws IOException if it refuses, or does not answer
	 */
	public Optional<String> checkMail() throws IOException {
		return this.properties.mail().to().isEmpty() ? Optional.empty()
				: Optional.of(new Mailer(this.properties.mail(), this.mailSender.get()).check());
	}

	private void webhook(NotificationText text) throws Exception {
		URI url = this.properties.url();
		if (url != null) {
			new Webhook(url, this.properties.format(), this.properties.secret(), this.proxy).send(text);
			LOG.info("Sent the notification by webhook to {}", url.getHost());
		}
	}

	private void mail(NotificationText text) throws Exception {
		if (!this.properties.mail().to().isEmpty()) {
			new Mailer(this.properties.mail(), this.mailSender.get()).send(text);
			LOG.info("Sent the notification by mail");
		}
	}

	private CompletableFuture<Void> sending(Sending sending, ExecutorService threads, Duration longest,
			StopRequest stop) {
		return bounded(CompletableFuture.runAsync(() -> {
			try {
				sending.run();
			}
			catch (Exception ex) {
				throw new CompletionException(ex);
			}
		}, threads), longest, stop);
	}

	private <T> CompletableFuture<T> bounded(CompletableFuture<T> work, Duration longest, StopRequest stop) {
		work.orTimeout(longest.toMillis(), TimeUnit.MILLISECONDS);
		stop.onStop(() -> {
			Duration left = this.afterStop.minus(Objects.requireNonNullElse(stop.age(), Duration.ZERO));
			work.orTimeout(Math.max(0, left.toMillis()), TimeUnit.MILLISECONDS);
		});
		return work;
	}

	private static void await(CompletableFuture<Void> sending, String settings) {
		try {
			sending.join();
		}
		catch (CompletionException ex) {
			warn(settings, ex);
		}
	}

	private static void warn(String settings, CompletionException failure) {
		Throwable cause = (failure.getCause() != null) ? failure.getCause() : failure;
		String reason = (cause instanceof TimeoutException) ? "timed out" : FailureReason.of(cause);
		LOG.warn("Notification failed: {}. The run is not affected; check {}", reason, settings);
		LOG.debug("Stack trace of the failed notification", cause);
	}

}
