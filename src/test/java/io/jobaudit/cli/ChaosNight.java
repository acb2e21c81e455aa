package io.jobaudit.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

import io.jobaudit.ExitStatus;
import io.jobaudit.cli.AuditProcess.Ended;
import io.jobaudit.cli.AuditProcess.Running;
import io.jobaudit.simulator.Simulator;
import io.jobaudit.simulator.SimulatorOptions;
import io.jobaudit.simulator.Statistics;
import io.jobaudit.store.embedded.EmbeddedDatabase;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.dao.DataAccessException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs of one operator, one after the other: each is struck, started again until it is
 * complete, and checked.
 */
final class ChaosNight implements AutoCloseable {

	static final int JOBS = 400;

	static final int UNKNOWN = 20;

	/** An answer that was not committed is asked for again. */
	static final int MOST_REPEATED = 16 + 50;

	private static final int STARTS = 12;

	private final Path home;

	private final @Nullable OwnPostgres postgres;

	private final Simulator simulator = Simulator.start(SimulatorOptions.defaults());

	private final UnaryOperator<AuditProcess> options;

	private final Random random;

	private int run;

	private int starts;

	private long answersBefore;

	private @Nullable Running running;

	/**
	 * Goes on after the runs of the same home.
	 * @param home directory of its own
	 * @param postgres its database; null for the embedded one
	 * @param options how it differs from others
	 * @param runs runs that are there
	 */
	ChaosNight(Path home, @Nullable OwnPostgres postgres, UnaryOperator<AuditProcess> options, Random random,
			int runs) {
		this.home = home;
		this.postgres = postgres;
		this.options = options;
		this.random = random;
		this.run = runs;
	}

	/** Starts a run over ids that no run had. */
	void begin() throws IOException {
		this.run++;
		this.starts = 0;
		this.answersBefore = answers();
		Files.write(ids(), lines(this.run));
		Files.createDirectories(reports());
		Files.writeString(reports().resolve("notes.txt"), "not ours");
	}

	/** The process, started when there is none. */
	Running running() {
		if (this.running == null || (!this.running.process().isAlive() && this.running.process().exitValue() != 0)) {
			assertThat(this.starts).as("starts of run %d in %s", this.run, this.home).isLessThan(STARTS + 30);
			this.starts++;
			this.running = process().start("run", "--ids", ids().toString());
		}
		return this.running;
	}

	/** Starts the same command until it is complete. */
	void complete() {
		String ends = "";
		for (int left = STARTS; left > 0; left--) {
			Ended ended = running().await();
			if (ended.exitCode() == 0) {
				assertThat(ended.out()).containsPattern("Run \\d+ is complete").contains("It adds up.");
				return;
			}
			ends += "\n" + ended.exitCode() + ": " + ended.err();
			assertThat(ended.exitCode() == 137 || ExitStatus.of(ended.exitCode()).isRepeatable()).as(ends).isTrue();
		}
		throw new AssertionError("run %d in %s does not end: %s".formatted(this.run, this.home, ends));
	}

	/** What the run has left. */
	ChaosCheck check() throws IOException {
		long answers = answers() - this.answersBefore;
		OwnPostgres server = this.postgres;
		if (server != null) {
			return ChaosCheck.of(server.database(), reports(), this.run, answers);
		}
		try (EmbeddedDatabase embedded = EmbeddedDatabase.start(this.home.resolve("data"))) {
			PGSimpleDataSource database = new PGSimpleDataSource();
			database.setUrl(embedded.url());
			database.setUser("postgres");
			database.setPassword(embedded.password());
			return ChaosCheck.of(database, reports(), this.run, answers);
		}
	}

	/** Starts of the current run after its first. */
	int resumes() {
		return this.starts - 1;
	}

	int run() {
		return this.run;
	}

	Path home() {
		return this.home;
	}

	Random random() {
		return this.random;
	}

	OwnPostgres postgres() {
		if (this.postgres == null) {
			throw new IllegalStateException("its database is embedded");
		}
		return this.postgres;
	}

	/** Answers of the API in the current run. */
	long calls() {
		return answers() - this.answersBefore;
	}

	/** Where the run is. */
	String stage() {
		try {
			return postgres().jdbc().sql(ChaosIT.STAGE).query(String.class).optional().orElse("start");
		}
		catch (DataAccessException ex) {
			return "start";
		}
	}

	/** Waits, and says whether the run is still going on then. */
	boolean reaches(BooleanSupplier condition) {
		Process process = running().process();
		try {
			while (!condition.getAsBoolean()) {
				if (process.waitFor(25, TimeUnit.MILLISECONDS)) {
					return false;
				}
			}
			return process.isAlive();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/** Lets the run go on for a random time. */
	boolean goesOnFor(long atMostMillis) throws InterruptedException {
		return !running().process().waitFor(this.random.nextLong(atMostMillis), TimeUnit.MILLISECONDS);
	}

	/** Lets the run reach some random call. */
	boolean reachesSomeCall() {
		long wanted = calls() + 1 + this.random.nextInt((int) Math.max(1, (JOBS - calls()) / 3));
		return reaches(() -> calls() >= wanted);
	}

	@Override
	public void close() {
		if (this.running != null) {
			this.running.process().destroyForcibly();
		}
		this.simulator.close();
	}

	private AuditProcess process() {
		AuditProcess process = new AuditProcess(this.home).key("simulator", "simulator-secret")
			.setting("audit.api.region", "cn-shanghai")
			.setting("audit.api.endpoint", this.simulator.endpoint())
			.setting("audit.api.rate", 300)
			.setting("audit.api.concurrency", 16)
			.setting("audit.store.chunk-size", 50);
		if (this.postgres != null) {
			process.database(this.postgres.database());
		}
		return this.options.apply(process);
	}

	private long answers() {
		Statistics statistics = this.simulator.statistics();
		return statistics.jobAnswers() + statistics.notFound();
	}

	private Path reports() {
		return this.home.resolve("reports");
	}

	private Path ids() {
		return this.home.resolve("ids-" + this.run + ".csv");
	}

	private static List<String> lines(int run) {
		List<String> lines = new ArrayList<>();
		IntStream.range(0, JOBS).forEach((i) -> lines.add("night%d-%d".formatted(run, i)));
		IntStream.range(0, UNKNOWN).forEach((i) -> lines.add("unknown-%d-%d".formatted(run, i)));
		IntStream.range(0, 20).forEach((i) -> lines.add("night%d-%d".formatted(run, i)));
		IntStream.range(0, 5).forEach((i) -> lines.add("not an id " + i));
		Collections.shuffle(lines, new Random(run));
		return lines;
	}

}
