package io.jobaudit.cluster;

import com.github.kagkarlsson.scheduler.CurrentlyExecuting;
import com.github.kagkarlsson.scheduler.task.Execution;
import io.jobaudit.RunId;
import io.jobaudit.fetch.CallGate;
import io.jobaudit.ledger.Fence;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * The right of a process to work on a task. The engine changes the version of a task when
 * it gives the task to another process. Before that, it waits for transactions that have
 * checked the version.
 */
record TaskFence(CurrentlyExecuting executing, RunId run) implements Fence, CallGate {

	/**
	 * The name of a process is unique, so a task that was deleted and added again is not
	 * mistaken for the earlier one. The server ends the session of a process that is
	 * frozen in its transaction or whose machine is gone: otherwise no process could take
	 * the task.
	 */
	private static final String HELD = """
			select set_config('idle_in_transaction_session_timeout', '30s', true)
			from audit.scheduled_tasks t, audit.audit_run r
			where t.task_name = ? and t.task_instance = ? and t.version = ? and t.picked and t.picked_by = ?
			and r.run_id = ? and r.status = 'RUNNING' and r.lanes is not null and r.stopping_code is null
			and r.abandoned_at is null
			for share
			""";

	/**
	 * Share of the time after which others take over the task. After so long without a
	 * heartbeat, no call is made.
	 */
	private static final double SILENT = 0.75;

	@Override
	public void requireHeld(JdbcOperations jdbc) {
		Execution task = this.executing.getExecution();
		if (jdbc
			.queryForList(HELD, task.taskInstance.getTaskName(), task.taskInstance.getId(), task.version, task.pickedBy,
					this.run.value())
			.isEmpty()) {
			throw new TaskLostException(
					"this process has lost run %s: another process has taken the task, or the run is ending"
						.formatted(this.run));
		}
	}

	@Override
	public void requireOpen() {
		if (this.executing.getHeartbeatState().getFractionDead() > SILENT) {
			throw new TaskLostException(
					"this process has sent no heartbeat for so long that others may take over its tasks");
		}
	}

	/** The task is lost: this process must no longer write or make calls for it. */
	static final class TaskLostException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		TaskLostException(String message) {
			super(message);
		}

		static boolean isCauseOf(Throwable failure) {
			for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
				if (cause instanceof TaskLostException) {
					return true;
				}
			}
			return false;
		}

	}

}
