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

/** Turns work into tasks of the engine, and decides what becomes of one that failed. */
final class TaskRunner {

	private static final Logger LOG = LoggerFactory.getLogger(TaskRunner.class);

	/** A fault of ours is tried so often; it may lie in one process. */
	private static final int MOST_FAULTS = 5;

	/** A minute: a process that has the lock may be frozen or dead. */
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

	/** Asks for all tasks of this process to be given back. */
	private void stop() {
		StopRequest.Reason reason = this.process.reason();
		if (reason != null) {
			this.running.forEach((task) -> task.request(reason));
		}
	}

	/** How many tasks this process has had to give to others. */
	long lost() {
		return this.lost.get();
	}

	/** A task of the engine. */
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

	/** Whether the task is done; else it is due again at once. */
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
				.log("{} has failed for good", task.executing().getTaskInstance().getTaskAndInstance());
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

	/** The engine would look for it only after its pause. */
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
		LOG.warn("{} is tried again in {}: {}", done.getExecution().taskInstance.getTaskAndInstance(), delay, reason);
		task.reschedule(done, done.getTimeDone().plus(delay));
	}

	/** The death of a process is no fault of the task. */
	private static void revive(TaskWork work, ExecutionComplete dead, ExecutionOperations<Void> task) {
		Instant now = dead.getTimeDone();
		LOG.warn("{} has given no sign of life; others take {}", dead.getExecution().pickedBy,
				dead.getExecution().taskInstance.getTaskAndInstance());
		task.reschedule(ExecutionComplete.success(dead.getExecution(), now, now), now);
		work.lost(dead.getExecution().taskInstance.getId());
	}

	/** The engine tries again. */
	private static final class TaskFailedException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		TaskFailedException(Exception cause) {
			super(cause);
		}

	}

}
