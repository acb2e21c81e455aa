package io.jobaudit.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nights of three workers. In each, ten are killed, two of them at an import and two at a
 * close; three are frozen and continue when others have their tasks; the database is
 * killed once. No person intervenes, and no result is lost or duplicated.
 */
@Tag("chaos")
class ChaosWorkersIT {

	private static final Logger LOG = LoggerFactory.getLogger(ChaosWorkersIT.class);

	private static final int KILLS = 10;

	private static final int FROZEN = 3;

	/** Kills, frozen workers and a restart of the database while ids are fetched. */
	private static final int BLOWS = 9;

	private static final Duration HEALED = Workers.HEARTBEAT.multipliedBy(Workers.MISSED_HEARTBEATS).plusSeconds(10);

	private final long seed = Long.getLong("chaos.seed", System.nanoTime());

	private final Random random = new Random(this.seed);

	@TempDir
	private Path directory;

	@Test
	void oneNight() throws Exception {
		nights(1, 1);
	}

	/** Runs 20 nights, or five with {@code -Dchaos.nights=5}. */
	@Test
	void twentyNights() throws Exception {
		nights(Integer.getInteger("chaos.nights", 20), 30);
	}

	/**
	 * As in an upgrade: each worker is stopped gracefully, and another one is started.
	 */
	@Test
	void allWorkersAreReplacedAndNoCallIsRepeated() throws Exception {
		try (OwnPostgres postgres = OwnPostgres.start(Files.createDirectory(this.directory.resolve("server")))) {
			postgres.migrate();
			try (Workers workers = Workers.start(this.directory, postgres, 1)) {
				try (RunBarrier gate = RunBarrier.atFetch(postgres.database())) {
					workers.begin();
					gate.awaitRun();
					workers.awaitTasks();
				}
				for (int worker = 0; worker < Workers.WORKERS; worker++) {
					workers.replace(worker);
				}
				workers.awaitEnd();

				assertThat(workers.check()).as("repeated calls").isZero();
			}
		}
	}

	private void nights(int nights, int longestOutage) throws Exception {
		try (OwnPostgres postgres = OwnPostgres.start(Files.createDirectory(this.directory.resolve("server")))) {
			postgres.migrate();
			try (Workers workers = Workers.start(this.directory, postgres, nights)) {
				for (int night = 1; night <= nights; night++) {
					long began = System.nanoTime();
					strike(workers, postgres, longestOutage);
					workers.awaitEnd();
					long repeated = workers.check();
					Duration healing = workers.longestHealing();
					LOG.info(
							"seed {}, night {}: {} kills, {} frozen, 1 outage, {} calls repeated, tasks taken again within {} ms, {} s",
							this.seed, night, KILLS, FROZEN, repeated, healing.toMillis(),
							TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began));
					assertThat(healing).as("time until a task of a killed worker is taken again, seed %d", this.seed)
						.isPositive()
						.isLessThanOrEqualTo(HEALED);
					assertThat(repeated).as("repeated calls, seed %d", this.seed)
						.isBetween(0L, (long) (KILLS + FROZEN + Workers.WORKERS) * Workers.MOST_REPEATED);
				}
			}
		}
	}

	private void strike(Workers workers, OwnPostgres postgres, int longestOutage) throws Exception {
		try (RunBarrier gate = RunBarrier.atImport(postgres.database())) {
			workers.begin();
			for (int kill = 0; kill < 2; kill++) {
				gate.awaitRun();
				workers.kill(workers.holder("import"));
			}
		}
		for (int blow = 1; blow <= BLOWS; blow++) {
			workers.reach(blow * Workers.IDS / (BLOWS + 3));
			switch (blow) {
				case 3, 6 -> wake(workers, workers.holder("fetch"));
				case 5 -> workers.outage(TimeUnit.SECONDS.toMillis(1 + this.random.nextInt(longestOutage)));
				default -> workers
					.kill(this.random.nextBoolean() ? workers.holder("fetch") : this.random.nextInt(Workers.WORKERS));
			}
		}
		int frozen = workers.holder("fetch");
		workers.freeze(frozen);
		try (RunBarrier gate = RunBarrier.atReport(postgres.database())) {
			for (int kill = 0; kill < 2; kill++) {
				gate.awaitRun();
				workers.kill(workers.holder("close"));
			}
		}
		workers.awaitEnd();
		assertThat(workers.wake(frozen)).as("calls of the worker that wakes after the night").isZero();
	}

	private void wake(Workers workers, int worker) throws Exception {
		workers.freeze(worker);
		assertThat(workers.wake(worker)).as("calls of a worker that wakes, seed %d", this.seed).isZero();
	}

}
