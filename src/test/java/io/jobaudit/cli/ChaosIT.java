package io.jobaudit.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.jobaudit.TestPostgres;
import io.jobaudit.cli.AuditProcess.Ended;
import io.jobaudit.cli.AuditProcess.Running;
import io.jobaudit.simulator.Fault;
import io.jobaudit.simulator.Simulator;
import io.jobaudit.simulator.SimulatorOptions;
import io.jobaudit.simulator.Statistics;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs over 5,000 ids with faults on, killed at random moments from the first second to
 * the last, and resumed until complete: each must leave what an undisturbed run leaves.
 */
class ChaosIT {

	private static final Logger LOG = LoggerFactory.getLogger(ChaosIT.class);

	private static final int CONCURRENCY = 32;

	private static final int CHUNK = 100;

	private static final int JOBS = 4700;

	private static final int UNKNOWN = 150;

	/** So many kills at most before a run may end. */
	private static final int KILLS_OF_A_RUN = 6;

	private static final String FAULTS = "throttle=0.002,retry-hint=0.0005,server-error=0.02,reset=0.01,cut-body=0.01,"
			+ "html=0.01,stall=0.0005,error-in-200=0.01";

	static final String STAGE = """
			select case when r.lines_read is null then 'import'
			  when exists (select from audit.audit_item i where i.run_id = r.run_id and outcome is null) then 'fetch'
			  when r.exit_code is null then 'close'
			  when r.report_directory is null then 'report'
			  else 'end' end
			from audit.audit_run r order by r.run_id desc limit 1
			""";

	private final long seed = Long.getLong("chaos.seed", System.nanoTime());

	private final Random random = new Random(this.seed);

	@TempDir
	private Path directory;

	/**
	 * A run that was killed and resumed.
	 *
	 * @param kills stages in which it was killed
	 * @param repeated ids that were answered once more
	 * @param rows rows that were compared
	 */
	private record Resumed(List<String> kills, long repeated, int rows) {

		@Override
		public String toString() {
			return "%5d %7d %8d %6d  %s".formatted(this.kills.size(), this.kills.size(), this.repeated, this.rows,
					String.join(", ", this.kills));
		}

	}

	@Test
	void fiveKills() throws Exception {
		kill(5);
	}

	@Test
	@Tag("chaos")
	void fiftyKills() throws Exception {
		kill(50);
	}

	private void kill(int kills) throws Exception {
		Files.write(this.directory.resolve("ids.csv"), lines());
		long began = System.nanoTime();
		RunResult undisturbed = undisturbed();
		long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
		List<Resumed> runs = new ArrayList<>();
		for (int left = kills; left > 0; left -= runs.get(runs.size() - 1).kills().size()) {
			runs.add(killAndResume(Math.min(left, KILLS_OF_A_RUN), millis, undisturbed));
		}
		LOG.info("seed {}, undisturbed {} ms\nkills resumes repeated   rows  killed at\n{}", this.seed, millis,
				runs.stream().map(Resumed::toString).collect(Collectors.joining("\n")));
	}

	private RunResult undisturbed() throws Exception {
		PGSimpleDataSource database = TestPostgres.emptyDatabase();
		Path home = Files.createDirectory(this.directory.resolve("undisturbed"));
		try (Simulator simulator = simulator()) {
			Ended ended = process(home, database, simulator).run("run", "--ids", ids());
			assertThat(ended.exitCode()).as(ended.err()).isZero();
			assertThat(answers(simulator)).isEqualTo(JOBS + UNKNOWN);
		}
		return RunResult.of(database, home.resolve("reports"));
	}

	/** What is resumed has less left to do: it is given less time until the next kill. */
	private Resumed killAndResume(int kills, long millis, RunResult undisturbed) throws Exception {
		PGSimpleDataSource database = TestPostgres.emptyDatabase();
		Path home = Files.createTempDirectory(this.directory, "run-");
		List<String> killedAt = new ArrayList<>();
		try (Simulator simulator = simulator()) {
			Running running = process(home, database, simulator).start("run", "--ids", ids());
			while (killedAt.size() < kills && !running.process()
				.waitFor(this.random.nextLong(killedAt.isEmpty() ? millis : millis * 6 / 10), TimeUnit.MILLISECONDS)) {
				running.signal("KILL");
				running.await();
				killedAt.add(stage(database));
				running = process(home, database, simulator).start("run", "--ids", ids());
			}
			Ended ended = running.await();

			assertThat(ended.exitCode()).as("seed %d, killed at %s: %s", this.seed, killedAt, ended.err()).isZero();
			RunResult result = RunResult.of(database, home.resolve("reports"));
			assertThat(result).as("seed %d, killed at %s", this.seed, killedAt).isEqualTo(undisturbed);
			long repeated = answers(simulator) - JOBS - UNKNOWN;
			assertThat(repeated).as("seed %d, killed at %s", this.seed, killedAt)
				.isBetween(0L, (long) killedAt.size() * (CONCURRENCY + CHUNK));
			return new Resumed(killedAt, repeated, result.size());
		}
	}

	private static String stage(PGSimpleDataSource database) {
		try {
			return JdbcClient.create(database).sql(STAGE).query(String.class).optional().orElse("start");
		}
		catch (DataAccessException ex) {
			return "start";
		}
	}

	private static long answers(Simulator simulator) {
		Statistics statistics = simulator.statistics();
		return statistics.jobAnswers() + statistics.notFound();
	}

	private static Simulator simulator() {
		return Simulator.start(SimulatorOptions.defaults().withFaults(Fault.parse(FAULTS)));
	}

	private static AuditProcess process(Path home, PGSimpleDataSource database, Simulator simulator) {
		return new AuditProcess(home).database(database)
			.key("simulator", "simulator-secret")
			.setting("audit.api.region", "cn-shanghai")
			.setting("audit.api.endpoint", simulator.endpoint())
			.setting("audit.api.rate", 1000)
			.setting("audit.api.concurrency", CONCURRENCY)
			.setting("audit.api.attempt-timeout", "2s")
			.setting("audit.store.chunk-size", CHUNK);
	}

	private String ids() {
		return this.directory.resolve("ids.csv").toString();
	}

	private static List<String> lines() {
		List<String> lines = new ArrayList<>();
		IntStream.range(0, JOBS).forEach((i) -> lines.add("chaos-" + i));
		IntStream.range(0, UNKNOWN).forEach((i) -> lines.add("unknown-" + i));
		IntStream.range(0, 100).forEach((i) -> lines.add("chaos-" + i));
		IntStream.range(0, 50).forEach((i) -> lines.add("not an id " + i));
		Collections.shuffle(lines, new Random(1));
		return lines;
	}

}
