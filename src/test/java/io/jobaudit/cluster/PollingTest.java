package io.jobaudit.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.jobaudit.TestPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** With {@code pollUsingLockAndFetch} a process takes more tasks than it executes. */
class PollingTest {

	private static final int PARTS = 2;

	private static final int TASKS = 40;

	private final PGSimpleDataSource database = TestPostgres.migratedDatabase();

	private final JdbcClient jdbc = JdbcClient.create(this.database);

	@Test
	void aProcessTakesNoMoreTasksThanItDoes() throws Exception {
		CountDownLatch end = new CountDownLatch(1);
		AtomicInteger started = new AtomicInteger();
		OneTimeTask<Void> task = Tasks.oneTime("wait").execute((instance, context) -> {
			started.incrementAndGet();
			await(end);
		});
		ScaleProperties scale = new ScaleProperties(100, PARTS, 8, Duration.ofMillis(500), 4, Duration.ofMillis(100),
				Duration.ofMillis(20), null);
		Scheduler engine = Engine.of(this.database, List.of(task), scale, "node", new ServerClock(Duration.ZERO));
		for (int number = 0; number < TASKS; number++) {
			engine.schedule(new TaskInstance<>("wait", "task-" + number), Instant.now().minusSeconds(60));
		}
		this.jdbc.sql("analyze audit.scheduled_tasks").update();
		// Force the plan that the planner may choose by itself for a small queue.
		for (String way : List.of("hashagg", "hashjoin", "mergejoin", "material", "sort")) {
			this.jdbc.sql("alter database %s set enable_%s = off".formatted(this.database.getDatabaseName(), way))
				.update();
		}
		engine.start();
		try {
			Awaitility.await().until(() -> started.get() == PARTS);

			assertThat(this.jdbc.sql("select count(*) from audit.scheduled_tasks where picked")
				.query(Integer.class)
				.single()).isEqualTo(PARTS);
		}
		finally {
			end.countDown();
			engine.stop();
		}
	}

	/** Such tasks may belong to another release. */
	@Test
	void aProcessLeavesTasksThatItDoesNotKnow() {
		CountDownLatch end = new CountDownLatch(1);
		OneTimeTask<Void> known = Tasks.oneTime("wait").execute((instance, context) -> await(end));
		ScaleProperties scale = new ScaleProperties(100, PARTS, 8, Duration.ofMillis(500), 4, Duration.ofMillis(100),
				Duration.ofMillis(20), null);
		Scheduler engine = Engine.of(this.database, List.of(known), scale, "node", new ServerClock(Duration.ZERO));
		this.jdbc.sql("""
				insert into audit.scheduled_tasks (task_name, task_instance, execution_time, picked, version)
				values ('fetch/2:a', '1-1', now() - interval '30 days', false, 1)
				""").update();
		engine.schedule(new TaskInstance<>("wait", "task"), Instant.now());
		engine.start();
		try {
			Awaitility.await()
				.until(() -> this.jdbc
					.sql("select count(*) from audit.scheduled_tasks"
							+ " where picked and last_heartbeat > execution_time + interval '2 seconds'")
					.query(Integer.class)
					.single() == 1);

			assertThat(this.jdbc.sql("select picked from audit.scheduled_tasks where task_name = 'fetch/2:a'")
				.query(Boolean.class)
				.list()).containsExactly(false);
		}
		finally {
			end.countDown();
			engine.stop();
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
