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

/** With {@code pollUsingLockAndFetch} a process takes more tasks than it does. */
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
		Scheduler engine = Clusters.of(this.database, PARTS)
			.engine(List.of(task), "node", new ServerClock(Duration.ZERO));
		for (int number = 0; number < TASKS; number++) {
			engine.schedule(new TaskInstance<>("wait", "task-" + number), Instant.now().minusSeconds(60));
		}
		this.jdbc.sql("analyze audit.scheduled_tasks").update();
		// The planner does this by itself when the queue has some size; the test does not
		// depend on its mood.
		this.jdbc.sql("alter database %s set enable_hashagg = off".formatted(this.database.getDatabaseName())).update();
		this.jdbc.sql("alter database %s set enable_hashjoin = off".formatted(this.database.getDatabaseName()))
			.update();
		this.jdbc.sql("alter database %s set enable_mergejoin = off".formatted(this.database.getDatabaseName()))
			.update();
		this.jdbc.sql("alter database %s set enable_material = off".formatted(this.database.getDatabaseName()))
			.update();
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

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
