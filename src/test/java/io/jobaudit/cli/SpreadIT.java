package io.jobaudit.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.jobaudit.cli.AuditProcess.Ended;
import io.jobaudit.cli.AuditProcess.Running;
import io.jobaudit.simulator.SimulatedJobs;
import io.jobaudit.simulator.Simulator;
import io.jobaudit.simulator.SimulatorOptions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;

import static org.assertj.core.api.Assertions.assertThat;

/** A run that three workers share, which are killed, frozen and cut from the database. */
class SpreadIT {

	private static final List<String> IDS = IntStream.range(0, 900).mapToObj((i) -> "spread-" + i).toList();

	private static final int WORKERS = 3;

	/** Calls in flight and answers not committed, of each lane. */
	private static final int MOST_REPEATED = 4 + 100;

	private final Simulator simulator = Simulator
		.start(SimulatorOptions.defaults().withLatency(Duration.ofMillis(200), Duration.ofMillis(200)));

	private final List<Running> started = new ArrayList<>();

	private final Random random = new Random(15);

	@TempDir
	private Path directory;

	@AfterEach
	void close() {
		this.started.forEach((worker) -> worker.process().destroyForcibly());
		this.simulator.close();
	}

	@Test
	void whateverHappensToWorkersEachIdHasOneOutcome() throws Exception {
		OwnPostgres postgres = OwnPostgres.start(Files.createDirectory(this.directory.resolve("server")));
		try (postgres) {
			Files.write(this.directory.resolve("ids.csv"), IDS);
			Ended shared = process(postgres).run("run", "--ids", "ids.csv", "--spread", "--detach");
			assertThat(shared.exitCode()).as(shared.err()).isZero();
			assertThat(shared.out()).isEqualTo("1\n");
			Ended plain = process(postgres).run("run", "--ids", "ids.csv");
			assertThat(plain.exitCode()).as(plain.err()).isEqualTo(75);
			assertThat(plain.err()).contains("run 1, which workers share, and no worker has it at the moment");
			List<Running> workers = new ArrayList<>();
			for (int number = 0; number < WORKERS; number++) {
				workers.add(worker(postgres));
			}

			for (int strike = 1; strike <= 3; strike++) {
				reaches(strike * 120);
				int struck = this.random.nextInt(WORKERS);
				workers.get(struck).signal("KILL");
				workers.set(struck, worker(postgres));
			}
			reaches(480);
			Running frozen = workers.get(this.random.nextInt(WORKERS));
			frozen.signal("STOP");
			reaches(560);
			postgres.stopImmediately();
			postgres.start();
			Awaitility.await()
				.atMost(120, TimeUnit.SECONDS)
				.ignoreExceptionsInstanceOf(DataAccessException.class)
				.until(() -> number(postgres, "select count(*) from audit.audit_run where status = 'COMPLETED'") == 1);
			long calls = this.simulator.statistics().calls();
			frozen.signal("CONT");
			for (Running worker : workers) {
				worker.signal("TERM");
				assertThat(worker.await(Duration.ofSeconds(30)).exitCode()).isEqualTo(143);
			}

			assertThat(this.simulator.statistics().calls()).as("calls of the process that woke").isEqualTo(calls);
			assertThat(calls).isBetween((long) IDS.size(), IDS.size() + 9L * MOST_REPEATED);
			assertThat(texts(postgres, "select job_id || ' ' || state from audit.smart_job order by job_id"))
				.isEqualTo(IDS.stream()
					.map(SimulatedJobs::of)
					.flatMap(Optional::stream)
					.map((job) -> job.jobId() + " " + job.state())
					.sorted()
					.toList());
			assertThat(number(postgres, "select count(*) from audit.v_item where outcome is not null"))
				.isEqualTo(IDS.size());
			assertThat(number(postgres, "select count(*) from audit.smart_job_change")).isZero();
			assertThat(number(postgres, "select exit_code from audit.audit_run")).isZero();
			assertThat(number(postgres, "select count(*) from audit.scheduled_tasks")).isZero();
			assertThat(number(postgres, "select sum(losses) from audit.audit_part"))
				.as("each that was killed or frozen had one")
				.isBetween(4L, 8L);
			assertThat(this.directory.resolve("reports/run-1/run-summary.json")).exists();
		}
	}

	/** Lets the run reach some decided ids. */
	private void reaches(int calls) {
		Awaitility.await().atMost(120, TimeUnit.SECONDS).until(() -> this.simulator.statistics().calls() >= calls);
	}

	private Running worker(OwnPostgres postgres) {
		Running worker = process(postgres).start("worker");
		this.started.add(worker);
		return worker;
	}

	private static long number(OwnPostgres postgres, String sql) {
		return postgres.jdbc().sql(sql).query(Long.class).single();
	}

	private static List<String> texts(OwnPostgres postgres, String sql) {
		return postgres.jdbc().sql(sql).query(String.class).list();
	}

	private AuditProcess process(OwnPostgres postgres) {
		SimulatorOptions keys = SimulatorOptions.defaults();
		return new AuditProcess(this.directory).database(postgres.database())
			.key(keys.accessKeyId(), keys.accessKeySecret())
			.setting("audit.api.region", "cn-shanghai")
			.setting("audit.api.endpoint", this.simulator.endpoint())
			.setting("audit.api.rate", 0)
			.setting("audit.api.concurrency", 4)
			.setting("audit.scale.max-lanes", WORKERS)
			.setting("audit.scale.parts", 1)
			.setting("audit.scale.part-size", 60)
			.setting("audit.scale.heartbeat", "500ms")
			.setting("audit.scale.poll-interval", "200ms");
	}

}
