package io.jobaudit.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.jobaudit.AuditException;
import io.jobaudit.ExitStatus;
import io.jobaudit.FailureReason;
import io.jobaudit.batch.AuditLauncher;
import io.jobaudit.batch.StopRequest;
import io.jobaudit.cluster.TaskFence.TaskLostException;
import io.jobaudit.cluster.TaskWork.TaskInProgress;
import io.jobaudit.ledger.RunLock.RunLockedException;
import io.jobaudit.ledger.RunLock.RunSharedException;
import io.jobaudit.store.FailureStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;
import org.springframework.core.NestedExceptionUtils;

/** Runs work as tasks of the engine, and decides whether a failed task is tried again. */
final class TaskRunner {

	private static final Logger LOG = LoggerFactory.getLogger(TaskRunner.class);

	/**
	 * Maximum number of tries after an internal error, which may affect one process only.
	 */
	private static final int MOST_FAULTS = 5;

	/**
	 * Maximum number of tries if another process has the lock, about a minute in total:
	 * that process may be frozen or dead.
	 */
	private static final int MOST_LOCKED = 8;

	private static final Duration FIRST_DELAY = Duration.ofMillis(500);

	private static final int MOST_DOUBLINGS = 6;

	private final String node;

	private final StopRequest process;

	private final ServerClock clock;

	private final AtomicLong lost = new AtomicLong();

	private final Set<StopRequest> running = ConcurrentHashMap.newKeySet();

	TaskRunner(String node, StopRequest process, ServerClock clock) {
		this.node = node;
		this.process = process;
		this.clock = clock;
		process.onStop(this::stop);
	}

	/** Asks all running tasks to stop, so that they are given back. */
	private void stop() {
		StopRequest.Reason reason = this.process.reason();
		if (reason != null) {
			this.running.forEach((task) -> task.request(reason));
		}
	}

	/** Number of tasks of this process that other processes have taken over. */
	long lost() {
		return this.lost.get();
	}

	/** Creates a task of the engine. */
	Task<Void> task(String name, TaskWork work) {
		return Tasks.custom(name, Void.class)
			.onFailure(TaskRunner::later)
			.onDeadExecution((dead, task) -> revive(work, dead, task))
			.execute((instance, context) -> execute(work, context));
	}

	private CompletionHandler<Void> execute(TaskWork work, ExecutionContext context) {
		StopRequest stop = new StopRequest();
		this.running.add(stop);
		TaskInProgress task = new TaskInProgress(context.getCurrentlyExecuting(), this.node, stop,
				new TaskQueue(context.getSchedulerClient(), this.clock));
		if (work.isOfRun()) {
			MDC.put("run", task.executing().getTaskInstance().getId());
		}
		try {
			stop();
			boolean done = execute(work, task, context.getExecution().consecutiveFailures);
			return done ? new CompletionHandler.OnCompleteRemove<>() : again(context.getSchedulerClient());
		}
		finally {
			MDC.remove("run");
			this.running.remove(stop);
		}
	}

	/** Executes a task. Returns whether it is done; if not, it is due again at once. */
	private boolean execute(TaskWork work, TaskInProgress task, int faults) {
		if (task.stop().reason() != null) {
			return false;
		}
		try {
			return work.execute(task);
		}
		catch (Exception ex) {
			if (TaskLostException.isCauseOf(ex)) {
				this.lost.incrementAndGet();
				LOG.warn("{}: {}", task.executing().getTaskInstance().getTaskAndInstance(), reason(ex));
				return false;
			}
			if (task.stop().reason() != null && FailureStatus.of(ex).isRepeatable()) {
				return false;
			}
			if (AuditLauncher.isPassing(ex) || ex instanceof RunSharedException || faults + 1 < most(ex)) {
				throw new TaskFailedException(ex);
			}
			LOG.atLevel((FailureStatus.of(ex) == ExitStatus.INTERNAL) ? Level.ERROR : Level.DEBUG)
				.setCause(ex)
				.log("{} has failed and is not tried again", task.executing().getTaskInstance().getTaskAndInstance());
			work.giveUp(task, FailureStatus.of(ex), reason(ex));
			return true;
		}
	}

	private static int most(Throwable failure) {
		return (failure instanceof RunLockedException) ? MOST_LOCKED
				: (FailureStatus.of(failure) == ExitStatus.INTERNAL) ? MOST_FAULTS : 1;
	}

	private static String reason(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof AuditException || cause instanceof TaskLostException) {
				return String.valueOf(cause.getMessage());
			}
		}
		return FailureReason.of(NestedExceptionUtils.getMostSpecificCause(failure));
	}

	/**
	 * Makes the task due at once, and the engine poll without waiting for its interval.
	 */
	private static CompletionHandler<Void> again(SchedulerClient client) {
		return (done, task) -> {
			task.reschedule(done, done.getTimeDone());
			if (client instanceof Scheduler engine) {
				engine.triggerCheckForDueExecutions();
			}
		};
	}

	private static void later(ExecutionComplete done, ExecutionOperations<Void> task) {
		int failures = done.getExecution().consecutiveFailures;
		String reason = done.getCause().map(TaskRunner::reason).orElse("unknown");
		Duration delay = FIRST_DELAY.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
		LOG.warn("{} failed, next try in {}: {}", done.getExecution().taskInstance.getTaskAndInstance(), delay, reason);
		task.reschedule(done, done.getTimeDone().plus(delay));
	}

	/**
	 * Makes the task of a dead process due. This does not count as a failure of the task.
	 */
	private static void revive(TaskWork work, ExecutionComplete dead, ExecutionOperations<Void> task) {
		Instant now = dead.getTimeDone();
		LOG.warn("Process {} has sent no heartbeat for too long; its task {} is given to another process",
				dead.getExecution().pickedBy, dead.getExecution().taskInstance.getTaskAndInstance());
		task.reschedule(ExecutionComplete.success(dead.getExecution(), now, now), now);
		work.lost(dead.getExecution().taskInstance.getId());
	}

	/** Makes the engine try the task again. */
	private static final class TaskFailedException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		TaskFailedException(Exception cause) {
			super(cause);
		}

	}

}
