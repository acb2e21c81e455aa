package io.jobaudit.cluster;

import com.github.kagkarlsson.scheduler.CurrentlyExecuting;
import io.jobaudit.ExitStatus;
import io.jobaudit.RunId;
import io.jobaudit.batch.StopRequest;

/** The work of a task. Any process may repeat it, wherever it was interrupted. */
interface TaskWork {

	/**
	 * Does the task, or a part of it.
	 * @return whether it is done; if not, it is due again at once
	 */
	boolean execute(TaskInProgress task) throws Exception;

	/** Whether tasks of this kind belong to a run rather than a night. */
	default boolean isOfRun() {
		return false;
	}

	/** Called when the process that had the task has died and the task is free again. */
	default void lost(String instance) {
	}

	/** Ends the run or night of a task that has failed and is not tried again. */
	void giveUp(TaskInProgress task, ExitStatus status, String reason);

	/**
	 * A task that this process is executing.
	 *
	 * @param stop request to give the task back
	 */
	record TaskInProgress(CurrentlyExecuting executing, String node, StopRequest stop, TaskQueue queue) {

		/** The first number of its instance: a run or a night. */
		long number() {
			return number(instance());
		}

		int lane() {
			return lane(instance());
		}

		static long number(String instance) {
			return Long.parseLong(instance.split("-")[0]);
		}

		static int lane(String instance) {
			return Integer.parseInt(instance.split("-")[1]);
		}

		RunId run() {
			return new RunId(number());
		}

		TaskFence fence() {
			return new TaskFence(this.executing, run());
		}

		private String instance() {
			return this.executing.getTaskInstance().getId();
		}

	}

}
