package io.jobaudit.batch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.jobaudit.ExitStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.StepInterruptionPolicy;

/** A request to stop gracefully; set once, honoured by every step at its next chunk. */
public final class StopRequest implements StepInterruptionPolicy {

	/** Why a run is stopped. */
	public enum Reason {

		TERMINATED(ExitStatus.TERMINATED, "received SIGTERM"),

		INTERRUPTED(ExitStatus.INTERRUPTED, "received SIGINT"),

		DEADLINE(ExitStatus.NOT_NOW, "the time for the run is over");

		private final ExitStatus status;

		private final String words;

		Reason(ExitStatus status, String words) {
			this.status = status;
			this.words = words;
		}

		@Override
		public String toString() {
			return this.words;
		}

		public ExitStatus status() {
			return this.status;
		}

	}

	private final List<Runnable> actions = new ArrayList<>();

	private @Nullable Reason reason;

	private long requestedAt;

	/** Requests the stop; only the first request counts. */
	public synchronized void request(Reason why) {
		if (this.reason == null) {
			this.reason = why;
			this.requestedAt = System.nanoTime();
			this.actions.forEach(Runnable::run);
		}
	}

	/** Exit status of a process that stops; TERMINATED if no reason was given. */
	public synchronized ExitStatus status() {
		return ((this.reason != null) ? this.reason : Reason.TERMINATED).status();
	}

	public synchronized @Nullable Reason reason() {
		return this.reason;
	}

	public synchronized @Nullable Duration age() {
		return (this.reason != null) ? Duration.ofNanos(System.nanoTime() - this.requestedAt) : null;
	}

	/** Runs an action when the stop is requested, or now if it has been requested. */
	public synchronized void onStop(Runnable action) {
		if (this.reason != null) {
			action.run();
		}
		this.actions.add(action);
	}

	@Override
	public void checkInterrupted(StepExecution step) throws JobInterruptedException {
		if (reason() != null) {
			step.setTerminateOnly();
			throw new JobInterruptedException("stop requested: " + reason());
		}
	}

}
