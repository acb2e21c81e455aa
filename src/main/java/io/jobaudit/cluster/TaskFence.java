package io.jobaudit.cluster;

import com.github.kagkarlsson.scheduler.CurrentlyExecuting;
import com.github.kagkarlsson.scheduler.task.Execution;
import io.jobaudit.RunId;
import io.jobaudit.fetch.CallGate;
import io.jobaudit.ledger.Fence;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * The right of a process to work on a task. The engine changes the version when it gives
 * a task to another process, and waits with that for transactions that have checked it.
 */
record TaskFence(CurrentlyExecuting executing, RunId run) implements Fence, CallGate {

	/**
	 * No process has the name of another, so a task made again is no other's. The server
	 * ends the session of a process that is frozen in its transaction, or whose machine
	 * is gone: else nobody could take the task for as long.
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
	 * Part of the time after which others take the task: from then on no call is made.
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
					"run %s is no longer this process's: another one has taken the task, or the run ends"
						.formatted(this.run));
		}
	}

	@Override
	public void requireOpen() {
		if (this.executing.getHeartbeatState().getFractionDead() > SILENT) {
			throw new TaskLostException(
					"this process has given no sign of life for so long that others take its tasks");
		}
	}

	/** Nothing more may be written or called for the task. */
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
