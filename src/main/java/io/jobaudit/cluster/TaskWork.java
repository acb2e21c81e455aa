package io.jobaudit.cluster;

import com.github.kagkarlsson.scheduler.CurrentlyExecuting;
import io.jobaudit.ExitStatus;
import io.jobaudit.RunId;
import io.jobaudit.batch.StopRequest;

/** The work of a task. Any process may repeat it, from any point. */
interface TaskWork {

	/**
	 * Does the task, or a piece of it.
	 * @return whether it is done; else it is due again at once
	 */
	boolean execute(TaskInProgress task) throws Exception;

	/** Whether tasks of this kind belong to a run rather than a night. */
	default boolean isOfRun() {
		return false;
	}

	/** The process that had the task has died; its instance is free again. */
	default void lost(String instance) {
	}

	/** Ends what the task belongs to: it has failed for good. */
	void giveUp(TaskInProgress task, ExitStatus status, String reason);

	/**
	 * A task in the hands of this process.
	 *
	 * @param stop asks it to be given back
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
