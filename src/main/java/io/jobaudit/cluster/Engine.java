package io.jobaudit.cluster;

import java.time.Duration;
import java.util.List;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.Task;

/**
 * Creates the engine. Beans must not use its classes in their signatures, because a run
 * of one process would then load them.
 */
final class Engine {

	/** A process must not delete tasks of accounts that only other processes know. */
	private static final Duration FOR_EVER = Duration.ofDays(36_500);

	private Engine() {
	}

	/**
	 * The engine first reads which tasks are due, and takes each task when a thread is
	 * free. The other strategy takes tasks with one statement, which may exceed its limit
	 * on PostgreSQL: one process would then hold tasks that it is not executing.
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
