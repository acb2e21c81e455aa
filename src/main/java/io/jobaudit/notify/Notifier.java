package io.jobaudit.notify;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import io.jobaudit.batch.StopRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContext;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Tells news to whom it concerns, in threads that nobody waits for too long. Whatever
 * goes wrong with it is logged, and no more.
 */
public final class Notifier {

	private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);

	/** More than the query behind news may take. */
	private static final Duration LONGEST_MAKING = Duration.ofSeconds(12);

	private static final Duration LONGEST_WEBHOOK = Duration.ofSeconds(10);

	/** Megabytes may go over a slow line. */
	private static final Duration LONGEST_MAIL = Duration.ofSeconds(60);

	/** Ten seconds after a stop the process is halted; two are left to it to end. */
	private static final Duration AFTER_STOP = Duration.ofSeconds(8);

	/** What may fail. */
	@FunctionalInterface
	private interface Sending {

		void run() throws Exception;

	}

	private final NotifyProperties properties;

	private final Supplier<JavaMailSender> mailSender;

	private final Duration afterStop;

	Notifier(NotifyProperties properties, Supplier<JavaMailSender> mailSender) {
		this(properties, mailSender, AFTER_STOP);
	}

	Notifier(NotifyProperties properties, Supplier<JavaMailSender> mailSender, Duration afterStop) {
		this.properties = properties;
		this.mailSender = mailSender;
		this.afterStop = afterStop;
	}

	/** A notifier with the settings and the mail sender of a context. */
	public static Notifier of(ApplicationContext context) {
		return new Notifier(Binder.get(context.getEnvironment()).bindOrCreate("audit.notify", NotifyProperties.class),
				() -> context.getBean(JavaMailSender.class));
	}

	/**
	 * Tells news if they are wanted on this occasion; returns within a time, and soon
	 * when the process is to stop.
	 * @param news made only when there is somebody to tell
	 */
	public void tell(Supplier<RunNotification> news, StopRequest stop) {
		if (this.properties.url() == null && this.properties.mail().to().isEmpty()) {
			return;
		}
		CustomizableThreadFactory daemons = new CustomizableThreadFactory("notify-");
		daemons.setDaemon(true);
		ExecutorService threads = Executors.newCachedThreadPool(daemons);
		try {
			RunNotification made = bounded(CompletableFuture.supplyAsync(news, threads), LONGEST_MAKING, stop).join();
			if (made.isTold(this.properties.on())) {
				CompletableFuture<Void> webhook = sending(() -> webhook(made), threads, LONGEST_WEBHOOK, stop);
				CompletableFuture<Void> mail = sending(() -> mail(made), threads, LONGEST_MAIL, stop);
				await(webhook, "audit.notify.url");
				await(mail, "spring.mail and audit.notify.mail");
			}
		}
		catch (CompletionException ex) {
			warn("the database", ex);
		}
		finally {
			threads.shutdownNow();
		}
	}

	private void webhook(RunNotification news) throws Exception {
		URI url = this.properties.url();
		if (url != null) {
			new Webhook(url, this.properties.format(), this.properties.secret()).send(news);
			LOG.info("Told of the run by webhook, {}", url.getHost());
		}
	}

	private void mail(RunNotification news) throws Exception {
		if (!this.properties.mail().to().isEmpty()) {
			new Mailer(this.properties.mail(), this.mailSender.get()).send(news);
			LOG.info("Told of the run by mail");
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
		String why = (cause instanceof TimeoutException) ? "it took too long"
				: String.valueOf((cause.getMessage() != null) ? cause.getMessage() : cause.getClass().getName())
					.strip()
					.replaceAll("\\s*\\R\\s*", " ");
		LOG.warn("Nobody was told of the run, which is not affected; see {}: {}", settings, why);
		LOG.debug("The story behind it", cause);
	}

}
