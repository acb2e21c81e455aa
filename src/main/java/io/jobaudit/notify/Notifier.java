package io.jobaudit.notify;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.mail.autoconfigure.MailProperties;
import org.springframework.core.env.Environment;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/** Tells news to whom it concerns. Whatever goes wrong with it is logged, and no more. */
public final class Notifier {

	private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);

	/** Three attempts at a webhook that says nothing, and a slow mail server. */
	private static final Duration LONGEST = Duration.ofSeconds(20);

	/** After a signal the process ends soon. */
	private static final Duration LONGEST_STOPPED = Duration.ofSeconds(4);

	/** What may fail. */
	@FunctionalInterface
	private interface Sending {

		void run() throws Exception;

	}

	private final NotifyProperties properties;

	private final Environment environment;

	/**
	 * A notifier.
	 * @param environment asked for {@code spring.mail} when there is somebody to write to
	 */
	public Notifier(NotifyProperties properties, Environment environment) {
		this.properties = properties;
		this.environment = environment;
	}

	/** A notifier with the settings of an environment. */
	public static Notifier of(Environment environment) {
		return new Notifier(Binder.get(environment).bindOrCreate("audit.notify", NotifyProperties.class), environment);
	}

	/** Whether anybody is told anything. */
	public boolean isWanted() {
		return this.properties.url() != null || !this.properties.mail().to().isEmpty();
	}

	/** Tells news if they are wanted on this occasion; returns within a time. */
	public void tell(RunNews news) {
		if (!isWanted() || !news.isTold(this.properties.on())) {
			return;
		}
		boolean stopped = news.exitCode() > 128;
		Duration longest = stopped ? LONGEST_STOPPED : LONGEST;
		CustomizableThreadFactory threads = new CustomizableThreadFactory("notify-");
		threads.setDaemon(true);
		ExecutorService thread = Executors.newFixedThreadPool(2, threads);
		Future<?> webhook = thread.submit(() -> webhook(news));
		Future<?> mail = thread.submit(() -> mail(news));
		await(webhook, longest);
		await(mail, longest);
		thread.shutdownNow();
	}

	private void webhook(RunNews news) {
		URI url = this.properties.url();
		if (url != null) {
			attempt("audit.notify.url",
					() -> new Webhook(url, this.properties.format(), this.properties.secret()).send(news));
		}
	}

	private void mail(RunNews news) {
		if (!this.properties.mail().to().isEmpty()) {
			attempt("spring.mail and audit.notify.mail", () -> new Mailer(this.properties.mail(),
					Binder.get(this.environment).bindOrCreate("spring.mail", MailProperties.class))
				.send(news));
		}
	}

	private static void attempt(String settings, Sending sending) {
		try {
			sending.run();
			LOG.info("Told of the run by {}", settings);
		}
		catch (Exception ex) {
			LOG.warn("Nobody was told of the run, which is not affected; see {}: {}", settings, oneLine(ex));
			LOG.debug("The story behind it", ex);
		}
	}

	private static void await(Future<?> sending, Duration longest) {
		try {
			sending.get(longest.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			sending.cancel(true);
			LOG.warn("Nobody was told of the run within {}, which is not affected", longest);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException ex) {
			LOG.warn("Nobody was told of the run, which is not affected", ex.getCause());
		}
	}

	private static String oneLine(Exception ex) {
		return String.valueOf(ex.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
	}

}
