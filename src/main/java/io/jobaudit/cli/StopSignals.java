package io.jobaudit.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import io.jobaudit.batch.StopRequest;
import io.jobaudit.batch.StopRequest.Reason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Turns SIGTERM, SIGINT and the end of the time for a run into a graceful
 * {@link StopRequest}; a second signal ends the process at once. The JVM's own shutdown
 * cannot do that: it ignores a second signal.
 */
final class StopSignals implements AutoCloseable {

	private static final Logger LOG = LoggerFactory.getLogger(StopSignals.class);

	/** How long a graceful stop may take before the process ends anyway. */
	private static final Duration GRACE = Duration.ofSeconds(10);

	private final StopRequest request = new StopRequest();

	private final AtomicBoolean signalled = new AtomicBoolean();

	private final ScheduledExecutorService timer;

	private StopSignals() {
		CustomizableThreadFactory threads = new CustomizableThreadFactory("stop-");
		threads.setDaemon(true);
		this.timer = Executors.newSingleThreadScheduledExecutor(threads);
	}

	static StopSignals listen(@Nullable Duration maxRuntime) {
		StopSignals signals = new StopSignals();
		signals.on("TERM", Reason.TERMINATED);
		signals.on("INT", Reason.INTERRUPTED);
		if (maxRuntime != null) {
			signals.after(maxRuntime);
		}
		return signals;
	}

	/** Stops at a time of day too, if that comes first. */
	void at(LocalTime time, ZonedDateTime now) {
		ZonedDateTime end = next(time, now);
		LOG.info("This process runs until {} at the latest",
				end.format(DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss VV")));
		after(Duration.between(now, end));
	}

	/**
	 * The next such time of day. One that a change of the clock skips comes as much
	 * later, one that it repeats comes twice.
	 */
	static ZonedDateTime next(LocalTime time, ZonedDateTime now) {
		ZonedDateTime today = now.with(time);
		ZonedDateTime tomorrow = now.toLocalDate().plusDays(1).atTime(time).atZone(now.getZone());
		return Stream.of(today.withEarlierOffsetAtOverlap(), today.withLaterOffsetAtOverlap(), tomorrow)
			.filter((moment) -> moment.isAfter(now))
			.findFirst()
			.orElseThrow();
	}

	private void after(Duration time) {
		this.timer.schedule(() -> stop(Reason.DEADLINE), TimeUnit.MILLISECONDS.convert(time), TimeUnit.MILLISECONDS);
	}

	StopRequest request() {
		return this.request;
	}

	@Override
	public void close() {
		this.timer.shutdownNow();
	}

	/** By reflection: naming the only class for it, sun.misc.Signal, warns. */
	private void on(String name, Reason reason) {
		try {
			Class<?> signal = Class.forName("sun.misc.Signal");
			Class<?> handler = Class.forName("sun.misc.SignalHandler");
			InvocationHandler received = (proxy, method, arguments) -> {
				receive(reason);
				return null;
			};
			Object listener = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] { handler }, received);
			signal.getMethod("handle", signal, handler)
				.invoke(null, signal.getConstructor(String.class).newInstance(name), listener);
		}
		catch (ReflectiveOperationException | IllegalArgumentException ex) {
			LOG.warn("Cannot handle SIG{}: it will kill the run; start it again to resume", name, ex);
		}
	}

	private void receive(Reason reason) {
		if (!this.signalled.compareAndSet(false, true)) {
			Runtime.getRuntime().halt(reason.status().code());
		}
		stop(reason);
	}

	private void stop(Reason reason) {
		LOG.info("Stopping: {}; finished work is kept, a second signal ends the process at once", reason);
		this.timer.schedule(() -> Runtime.getRuntime().halt(reason.status().code()), GRACE.toMillis(),
				TimeUnit.MILLISECONDS);
		this.request.request(reason);
	}

}
