package io.jobaudit.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.jobaudit.ExitStatus;
import io.jobaudit.cli.AuditProcess.Ended;
import io.jobaudit.cli.AuditProcess.Running;
import io.jobaudit.simulator.SimulatedJob;
import io.jobaudit.simulator.SimulatedJobs;
import io.jobaudit.simulator.Simulator;
import io.jobaudit.simulator.SimulatorOptions;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Workers in their own processes, each with its own API that counts its calls, and nights
 * of two accounts that they audit.
 */
final class Workers implements AutoCloseable {

	private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

	static final int WORKERS = 3;

	/** Tasks of a worker at the same time. */
	static final int PARTS = 2;

	static final Duration HEARTBEAT = Duration.ofMillis(500);

	static final int MISSED_HEARTBEATS = 4;

	/**
	 * A task that ends while the server is unavailable keeps its row, without further
	 * heartbeats, until another process takes it over.
	 */
	private static final String HELD = """
			select picked_by, count(*) from audit.scheduled_tasks
			where picked and last_heartbeat > clock_timestamp() - :silent * interval '1 ms' group by picked_by
			""";

	/**
	 * The engine increases it when it frees a task, and when a process takes the task.
	 */
	private static final String TAKEN = """
			select not exists (select from audit.scheduled_tasks
			  where task_name = :name and task_instance = :instance and version < :version + 2)
			""";

	private static final int NONE = -1;

	private static final int CONCURRENCY = 4;

	private static final int CHUNK = 20;

	/**
	 * Maximum number of calls that are repeated if a worker dies: those in flight and
	 * those whose answers are not committed, of all its tasks.
	 */
	static final int MOST_REPEATED = PARTS * (2 * CONCURRENCY + CHUNK);

	private static final List<String> ACCOUNTS = List.of("north", "south");

	private static final int JOBS = 430;

	private static final int UNKNOWN = 20;

	/** Ids of a night. */
	static final int IDS = 2 * (JOBS + UNKNOWN);

	/**
	 * A task of a worker that was killed.
	 *
	 * @param version its version at that time
	 * @param since when the worker was killed, in nanoseconds
	 */
	private record LostTask(String name, String instance, long version, long since) {
	}

	private final Path home;

	private final OwnPostgres postgres;

	private final List<Simulator> apis = new ArrayList<>();

	private final List<Running> workers = new CopyOnWriteArrayList<>();

	private final List<String> nodes = new CopyOnWriteArrayList<>();

	private final List<LostTask> lost = new CopyOnWriteArrayList<>();

	private volatile Duration longestHealing = Duration.ZERO;

	private final Map<String, Integer> mostHeld = new ConcurrentHashMap<>();

	private final ScheduledExecutorService observer = Executors.newScheduledThreadPool(2);

	private volatile int frozen = NONE;

	private int started;

	private int night;

	private long callsBefore;

	private Workers(Path home, OwnPostgres postgres) {
		this.home = home;
		this.postgres = postgres;
	}

	/**
	 * Starts the workers.
	 * @param nights number of nights that they will audit
	 */
	static Workers start(Path home, OwnPostgres postgres, int nights) throws IOException {
		Workers workers = new Workers(home, postgres);
		Duration latency = Duration.ofMillis(200);
		for (int number = 0; number < WORKERS; number++) {
			workers.apis.add(Simulator.start(SimulatorOptions.defaults().withLatency(latency, latency)));
		}
		workers.write("accounts.yml", IntStream.rangeClosed(1, nights).boxed().toList());
		for (int number = 0; number < WORKERS; number++) {
			workers.nodes.add("");
			workers.workers.add(workers.start(number));
		}
		workers.observer.scheduleWithFixedDelay(workers::observe, 0, 50, TimeUnit.MILLISECONDS);
		workers.observer.scheduleWithFixedDelay(workers::supervise, 0, 200, TimeUnit.MILLISECONDS);
		return workers;
	}

	/** Starts the next night, and leaves it to the workers. */
	void begin() throws IOException {
		this.night++;
		this.callsBefore = calls();
		this.longestHealing = Duration.ZERO;
		for (String account : ACCOUNTS) {
			Files.write(this.home.resolve(name(account) + ".csv"), ids(account));
		}
		write("night.yml", List.of(this.night));
		Ended ended = process(0).run("night", "--accounts", "night.yml", "--detach");
		assertThat(ended.exitCode()).as(ended.err()).isZero();
	}

	/** Waits for some of the night's calls. */
	void reach(int calls) {
		await().until(() -> calls() - this.callsBefore >= calls);
	}

	/** Kills a worker, and starts another one in its place. */
	synchronized void kill(int worker) throws Exception {
		this.workers.get(worker).signal("KILL");
		long now = System.nanoTime();
		this.workers.get(worker).await();
		this.lost.addAll(jdbc().sql("select * from audit.scheduled_tasks where picked and picked_by like :node")
			.param("node", this.nodes.get(worker) + "-%")
			.query((row, number) -> new LostTask(row.getString("task_name"), row.getString("task_instance"),
					row.getLong("version"), now))
			.list());
		this.workers.set(worker, start(worker));
	}

	/** Waits until each worker has a task. */
	void awaitTasks() {
		await().until(() -> IntStream.range(0, WORKERS).allMatch((worker) -> tasks(worker) > 0));
	}

	/**
	 * Stops a worker that has a task, which must end within ten seconds, and starts
	 * another one in its place.
	 */
	synchronized void replace(int worker) throws Exception {
		await().until(() -> tasks(worker) > 0);
		this.workers.get(worker).signal("TERM");
		assertThat(this.workers.get(worker).await(Duration.ofSeconds(10)).exitCode()).isEqualTo(143);
		this.workers.set(worker, start(worker));
	}

	/** Freezes a worker and waits until others have taken over all of its tasks. */
	void freeze(int worker) throws Exception {
		this.frozen = worker;
		this.workers.get(worker).signal("STOP");
		await().until(() -> tasks(worker) == 0);
	}

	/**
	 * Continues a frozen worker, which must then stop.
	 * @return its calls from then on
	 */
	synchronized long wake(int worker) throws Exception {
		long before = this.apis.get(worker).statistics().calls();
		this.workers.get(worker).signal("TERM");
		this.workers.get(worker).signal("CONT");
		assertThat(this.workers.get(worker).await(Duration.ofSeconds(20)).exitCode()).isEqualTo(143);
		long calls = this.apis.get(worker).statistics().calls() - before;
		this.workers.set(worker, start(worker));
		this.frozen = NONE;
		return calls;
	}

	/** Makes the database unavailable for a time. */
	void outage(long millis) throws Exception {
		this.postgres.kill();
		this.workers.get(0).process().waitFor(millis, TimeUnit.MILLISECONDS);
		this.postgres.start();
		restartClock();
	}

	/**
	 * The longest time that a task of a killed worker has waited in this night until
	 * another worker took it over, not counting times without a database or any worker.
	 */
	Duration longestHealing() {
		assertThat(this.lost).as("tasks that no worker has taken").isEmpty();
		return this.longestHealing;
	}

	/** Waits until a live worker has a task of a kind, and returns that worker. */
	int holder(String kind) {
		return await()
			.until(() -> texts("select picked_by from audit.scheduled_tasks where picked and task_name like '" + kind
					+ "/%' order by random()")
				.stream()
				.mapToInt((node) -> this.nodes.indexOf(node.substring(0, Math.max(0, node.lastIndexOf('-')))))
				.filter((worker) -> worker >= 0)
				.findFirst(), OptionalInt::isPresent)
			.orElseThrow();
	}

	/** Waits until all accounts of the night have ended. */
	void awaitEnd() {
		await().until(() -> number("select count(*) from audit.audit_night where finished_at is not null") == this.night
				&& number("select count(*) from audit.scheduled_tasks") == 0);
	}

	/**
	 * Compares the stored results of the night with the jobs of the API.
	 * @return calls beyond one for each id
	 */
	long check() {
		assertThat(number("select sum(exit_code) from audit.audit_night")).as("nights that are not complete").isZero();
		for (String account : ACCOUNTS) {
			List<SimulatedJob> truth = ids(account).stream().map(SimulatedJobs::of).flatMap(Optional::stream).toList();
			assertThat(truth).hasSize(JOBS);
			assertThat(texts("select job_id || ' ' || state from audit.smart_job where account = :account", account))
				.containsExactlyInAnyOrderElementsOf(
						truth.stream().map((job) -> job.jobId() + " " + job.state()).toList());
			assertThat(texts("select sum(total_tokens)::text from audit.smart_job where account = :account", account))
				.containsExactly(
						Long.toString(truth.stream().flatMapToLong((job) -> job.totalTokens().stream()).sum()));
			assertThat(texts("""
					select i.outcome || ' ' || count(*) || ' ' || count(distinct i.job_id) from audit.v_item i
					join audit.audit_run r using (run_id) where r.account = :account group by i.outcome
					""", account)).containsExactlyInAnyOrder("FETCHED %1$d %1$d".formatted(JOBS),
					"NOT_FOUND %1$d %1$d".formatted(UNKNOWN));
			assertThat(texts("""
					select r.status || ' ' || r.exit_code || ' ' || r.report_directory
					from audit.audit_run r where r.account = :account
					""", account)).singleElement().satisfies((run) -> {
				assertThat(run).startsWith("COMPLETED 0 ");
				assertThat(Path.of(run.substring("COMPLETED 0 ".length())).resolve("run-summary.json")).exists();
			});
		}
		assertThat(number("select count(*) from audit.smart_job_change")).isZero();
		assertThat(this.mostHeld).as("tasks that a worker has had at once")
			.allSatisfy((worker, tasks) -> assertThat(tasks).as(worker).isBetween(1, PARTS));
		return calls() - this.callsBefore - IDS;
	}

	private void restartClock() {
		long now = System.nanoTime();
		this.lost.replaceAll((task) -> new LostTask(task.name(), task.instance(), task.version(), now));
	}

	/** Whether any worker has started, is alive and is not frozen. */
	private boolean isAnyThere() throws IOException {
		for (int worker = 0; worker < WORKERS; worker++) {
			Running running = this.workers.get(worker);
			if (worker != this.frozen && running.process().isAlive()
					&& Files.readString(running.err()).contains("Working on shared runs")) {
				return true;
			}
		}
		return false;
	}

	/** Number of tasks of a worker, according to the table. */
	private int tasks(int worker) {
		return (int) number("select count(*) from audit.scheduled_tasks where picked and picked_by like '%s-%%'"
			.formatted(this.nodes.get(worker)));
	}

	private long calls() {
		return this.apis.stream().mapToLong((api) -> api.statistics().calls()).sum();
	}

	/**
	 * Records how many tasks each worker has, and which tasks of killed workers are taken
	 * over, unless the server is unavailable.
	 */
	private void observe() {
		try {
			jdbc().sql(HELD).param("silent", 2 * HEARTBEAT.toMillis()).query((row) -> {
				this.mostHeld.merge(row.getString(1), row.getInt(2), Math::max);
			});
			if (!this.lost.isEmpty() && !isAnyThere()) {
				restartClock();
			}
			for (LostTask task : this.lost) {
				if (jdbc().sql(TAKEN).paramSource(task).query(Boolean.class).single() && this.lost.remove(task)) {
					Duration time = Duration.ofNanos(System.nanoTime() - task.since());
					this.longestHealing = (time.compareTo(this.longestHealing) > 0) ? time : this.longestHealing;
				}
			}
		}
		catch (DataAccessException | IOException ex) {
			LOG.debug("no server", ex);
		}
	}

	/** Starts workers again that have ended because the server was unavailable. */
	private synchronized void supervise() {
		for (int worker = 0; worker < WORKERS; worker++) {
			Process process = this.workers.get(worker).process();
			if (!process.isAlive() && process.exitValue() == ExitStatus.UNAVAILABLE.code()) {
				this.workers.set(worker, start(worker));
			}
		}
	}

	private Running start(int worker) {
		String node = "w%d.%d".formatted(worker, ++this.started);
		this.nodes.set(worker, node);
		return process(worker).setting("audit.scale.node", node).start("worker", "--accounts", "accounts.yml");
	}

	private AuditProcess process(int worker) {
		return process(this.apis.get(worker).endpoint());
	}

	private AuditProcess process(URI api) {
		SimulatorOptions keys = SimulatorOptions.defaults();
		return new AuditProcess(this.home).database(this.postgres.database())
			.environment("ANY_ALIBABA_CLOUD_ACCESS_KEY_ID", keys.accessKeyId())
			.environment("ANY_ALIBABA_CLOUD_ACCESS_KEY_SECRET", keys.accessKeySecret())
			.setting("audit.api.region", "cn-shanghai")
			.setting("audit.api.endpoint", api)
			.setting("audit.api.rate", 0)
			.setting("audit.api.concurrency", CONCURRENCY)
			.setting("audit.store.chunk-size", CHUNK)
			.setting("audit.scale.max-lanes", WORKERS)
			.setting("audit.scale.parts", PARTS)
			.setting("audit.scale.part-size", 50)
			.setting("audit.scale.heartbeat", HEARTBEAT.toMillis() + "ms")
			.setting("audit.scale.missed-heartbeats", MISSED_HEARTBEATS)
			.setting("audit.scale.poll-interval", "200ms");
	}

	private void write(String file, List<Integer> nights) throws IOException {
		String text = nights.stream().flatMap((number) -> ACCOUNTS.stream().map((account) -> """
				  - name: %1$s-%2$d
				    credentials: {environment: ANY_}
				    ids: {files: [%1$s-%2$d.csv]}
				""".formatted(account, number))).collect(Collectors.joining());
		Files.writeString(this.home.resolve(file), "accounts:\n" + text);
	}

	private String name(String account) {
		return account + "-" + this.night;
	}

	private List<String> ids(String account) {
		return IntStream.range(0, JOBS + UNKNOWN)
			.mapToObj((i) -> (i < JOBS ? "" : "unknown-") + name(account) + "-" + i)
			.toList();
	}

	private List<String> texts(String sql, String account) {
		return jdbc().sql(sql).param("account", name(account)).query((row, number) -> row.getString(1)).list();
	}

	private List<String> texts(String sql) {
		return jdbc().sql(sql).query((row, number) -> row.getString(1)).list();
	}

	private long number(String sql) {
		return jdbc().sql(sql).query(Long.class).single();
	}

	private JdbcClient jdbc() {
		return this.postgres.jdbc();
	}

	private static ConditionFactory await() {
		return Awaitility.await()
			.atMost(2, TimeUnit.MINUTES)
			.pollInterval(Duration.ofMillis(50))
			.ignoreExceptionsInstanceOf(DataAccessException.class);
	}

	@Override
	public void close() {
		this.observer.shutdownNow();
		this.workers.forEach((worker) -> worker.process().destroyForcibly());
		this.apis.forEach(Simulator::close);
	}

}
