package io.jobaudit.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

import com.github.kagkarlsson.scheduler.CurrentlyExecuting;
import com.github.kagkarlsson.scheduler.HeartbeatConfig;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.jobaudit.RunId;
import io.jobaudit.TestPostgres;
import io.jobaudit.cluster.TaskFence.TaskLostException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class TaskFenceTest {

	private static final Instant NOW = Instant.parse("2026-11-28T02:00:00Z");

	private final PGSimpleDataSource database = TestPostgres.migratedDatabase();

	private final JdbcTemplate jdbc = new JdbcTemplate(this.database);

	private final AtomicReference<Instant> time = new AtomicReference<>(NOW);

	private final TaskFence fence = new TaskFence(
			new CurrentlyExecuting(
					new Execution(NOW, new TaskInstance<>("fetch/1:a", "1-1"), true, "node", null, null, 0, NOW, 2),
					this.time::get, new HeartbeatConfig(Duration.ofSeconds(10), 4, Duration.ofSeconds(40))),
			new RunId(1));

	@BeforeEach
	void theTaskOfARunIsTaken() {
		this.jdbc
			.update("""
					insert into audit.audit_run (account, region, status, input_source, input_sha256, started_at, version, settings, lanes)
					values ('a', 'r', 'RUNNING', 'ids.csv', 'x', now(), '1', '{}', 1)
					""");
		this.jdbc.update("""
				insert into audit.scheduled_tasks (task_name, task_instance, execution_time, picked, picked_by, version)
				values ('fetch/1:a', '1-1', now(), true, 'node', 2)
				""");
	}

	@Test
	void theProcessThatHasTheTaskMayWriteAndCall() {
		this.time.set(NOW.plusSeconds(30));

		assertThatNoException().isThrownBy(() -> this.fence.requireHeld(this.jdbc));
		assertThatNoException().isThrownBy(this.fence::requireOpen);
	}

	@ParameterizedTest
	@ValueSource(strings = { "update audit.scheduled_tasks set version = 3",
			"update audit.scheduled_tasks set picked = false", "update audit.scheduled_tasks set picked_by = 'other'",
			"delete from audit.scheduled_tasks", "update audit.audit_run set stopping_code = 77",
			"update audit.audit_run set status = 'COMPLETED'", "update audit.audit_run set lanes = null",
			"update audit.audit_run set abandoned_at = now()" })
	void nothingIsWrittenOnceTheTaskOrTheRunIsGone(String what) {
		this.jdbc.update(what);

		assertThatExceptionOfType(TaskLostException.class).isThrownBy(() -> this.fence.requireHeld(this.jdbc));
	}

	/** A process that is frozen in its transaction would block the task for others. */
	@Test
	void theServerEndsATransactionThatIsIdle() {
		TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(this.database));

		assertThat(transaction.<String>execute((status) -> {
			this.fence.requireHeld(this.jdbc);
			return String.valueOf(this.jdbc.queryForObject("show idle_in_transaction_session_timeout", String.class));
		})).isEqualTo("30s");
	}

	@Test
	void noCallIsMadeAfterThreeQuartersOfTheTimeWithoutASignOfLife() {
		this.time.set(NOW.plusSeconds(31));

		assertThatExceptionOfType(TaskLostException.class).isThrownBy(this.fence::requireOpen);
	}

}
