package io.jobaudit.cluster;

import java.time.Duration;
import java.util.List;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.Task;

/** Makes the engine. Beans must not name its classes: a plain run would load them. */
final class Engine {

	/** A process does not know the accounts of others, and leaves their tasks alone. */
	private static final Duration FOR_EVER = Duration.ofDays(36_500);

	private Engine() {
	}

	/**
	 * The engine looks for tasks first and takes each one when a thread is free for it.
	 * The other way, which takes them with one statement, may take more than its limit on
	 * PostgreSQL: one process would hoard tasks that it does not do.
	 */
	static Scheduler of(DataSource dataSource, List<Task<?>> tasks, ScaleProperties scale, String node,
			ServerClock clock) {
		return Scheduler.create(dataSource, tasks)
			.tableName("audit.scheduled_tasks")
			.schedulerName(new SchedulerName.Fixed(node))
			.threads(scale.parts())
			.pollUsingFetch(0.5, 3)
			.pollingInterval(scale.pollInterval())
			.heartbeatInterval(scale.heartbeat())
			.missedHeartbeatsLimit(scale.missedHeartbeats())
			.deleteUnresolvedAfter(FOR_EVER)
			.enableImmediateExecution()
			.failureLogging(LogLevel.OFF, false)
			.shutdownMaxWait(Duration.ofSeconds(8))
			.clock(clock)
			.build();
	}

}
