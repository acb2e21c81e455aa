package io.jobaudit.cluster;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.jobaudit.Account;
import io.jobaudit.RunId;

/** Adds tasks, unless they exist. */
record TaskQueue(SchedulerClient engine, ServerClock clock) {

	/** Adds a task for each lane. */
	void fetch(Account account, RunId run, int lanes) {
		for (int lane = 1; lane <= lanes; lane++) {
			add(TaskKind.FETCH.task(account), run + "-" + lane);
		}
	}

	void close(Account account, RunId run) {
		add(TaskKind.CLOSE.task(account), run.toString());
	}

	void importIds(Account account, long night) {
		add(TaskKind.IMPORT.task(account), Long.toString(night));
	}

	void endNight(long night) {
		add(TaskKind.NIGHT, Long.toString(night));
	}

	private void add(String task, String instance) {
		this.engine.scheduleIfNotExists(new TaskInstance<Void>(task, instance), this.clock.now());
	}

}
