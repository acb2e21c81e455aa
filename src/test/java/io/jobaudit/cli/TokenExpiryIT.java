package io.jobaudit.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.jobaudit.TestPostgres;
import io.jobaudit.cli.AuditProcess.Ended;
import io.jobaudit.cli.AuditProcess.Running;
import io.jobaudit.simulator.Simulator;
import io.jobaudit.simulator.SimulatorOptions;
import io.jobaudit.simulator.TestOptions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** A token that expires while a real process has calls in flight. */
class TokenExpiryIT {

	private static final int IDS = 1000;

	private static final int CONCURRENCY = 16;

	private static final String FIRST = "first-secret-token";

	private static final String SECOND = "second-secret-token";

	@TempDir
	private Path directory = Path.of("");

	private final Simulator simulator = Simulator.start(TestOptions.withSecurityToken(
			SimulatorOptions.defaults().withLatency(Duration.ofMillis(50), Duration.ofMillis(50)), FIRST));

	private final CredentialsServer credentials = new CredentialsServer(FIRST);

	private final PGSimpleDataSource database = TestPostgres.emptyDatabase();

	private final JdbcClient jdbc = JdbcClient.create(this.database);

	private String ids = "";

	@BeforeEach
	void writeIds() throws IOException {
		List<String> lines = IntStream.range(0, IDS).mapToObj((i) -> "token-" + i).toList();
		this.ids = Files.write(this.directory.resolve("ids.csv"), lines).toString();
	}

	@AfterEach
	void close() {
		this.credentials.close();
		this.simulator.close();
	}

	@Test
	void aTokenThatExpiresIsReadAgainOnceAndTheRunGoesOn() {
		Running running = withCredentialsUri().start("run", "--ids", this.ids);
		awaitDecided(100);

		this.credentials.give(SECOND);
		this.simulator.change((options) -> TestOptions.withSecurityToken(options, SECOND));
		Ended ended = running.await();

		assertComplete(ended);
		assertThat(this.simulator.statistics().otherErrors()).as("calls that met the expiry")
			.isBetween(1L, (long) CONCURRENCY);
		assertThat(this.simulator.statistics().calls()).as("repeated are those that met it, and no others")
			.isEqualTo(IDS + this.simulator.statistics().otherErrors());
		assertThat(this.credentials.reads()).as("once at the start, once for all calls in flight").isEqualTo(2);
		assertThat(ended.out() + ended.err()).doesNotContain(FIRST, SECOND);
	}

	@Test
	void aProfileThatIsAwayStopsNothingAndItsTokenIsReadAgainWhenItExpires() throws IOException {
		writeProfile(FIRST);
		Running running = withProfile().start("run", "--ids", this.ids);
		awaitDecided(100);
		Files.writeString(this.directory.resolve(".aliyun/config.json"), "{\"current\":");
		awaitDecided(300);

		writeProfile(SECOND);
		this.simulator.change((options) -> TestOptions.withSecurityToken(options, SECOND));

		assertComplete(running.await());
	}

	@Test
	void aTokenThatStaysExpiredIs77AndTheIdsStayPending() {
		Running running = withCredentialsUri().setting("audit.api.outage-patience", "3s")
			.start("run", "--ids", this.ids);
		awaitDecided(100);

		this.simulator.change((options) -> TestOptions.withSecurityToken(options, SECOND));
		Ended stopped = running.await();
		long refused = this.simulator.statistics().otherErrors();
		long pending = pending();
		this.credentials.give(SECOND);
		Ended resumed = withCredentialsUri().run("run", "--ids", this.ids);

		assertThat(stopped.exitCode()).as(stopped.err()).isEqualTo(77);
		assertThat(stopped.err()).contains("InvalidSecurityToken.Expired", "check the access key")
			.doesNotContain(FIRST, SECOND);
		assertThat(pending).isBetween(1L, IDS - 100L);
		assertThat(refused).as("every call in flight, and its one retry").isBetween(2L, 2L * CONCURRENCY);
		assertComplete(resumed);
		assertThat(this.simulator.statistics().jobAnswers() - IDS).as("ids asked twice")
			.isBetween(0L, (long) CONCURRENCY);
	}

	private AuditProcess process() {
		return new AuditProcess(this.directory).database(this.database)
			.jvmOptions("-XX:TieredStopAtLevel=1", "-Duser.home=" + this.directory)
			.setting("audit.api.region", "cn-shanghai")
			.setting("audit.api.endpoint", this.simulator.endpoint())
			.setting("audit.api.rate", 0)
			.setting("audit.api.concurrency", CONCURRENCY)
			.setting("audit.store.chunk-size", 50);
	}

	private AuditProcess withCredentialsUri() {
		return process().environment("ALIBABA_CLOUD_CREDENTIALS_URI", this.credentials.uri());
	}

	/** The tool's file stands in the user's home. */
	private AuditProcess withProfile() {
		return process();
	}

	private void writeProfile(String token) throws IOException {
		Path file = Files.createDirectories(this.directory.resolve(".aliyun")).resolve("config.json");
		Path whole = Files.writeString(file.resolveSibling("config.new"), """
				{"current":"night","profiles":[{"name":"night","mode":"StsToken","access_key_id":"simulator",\
				"access_key_secret":"simulator-secret","sts_token":"%s"}]}""".formatted(token));
		Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
	}

	private void awaitDecided(int count) {
		Awaitility.await()
			.atMost(60, TimeUnit.SECONDS)
			.pollInterval(20, TimeUnit.MILLISECONDS)
			.ignoreExceptions()
			.until(() -> IDS - pending() >= count);
	}

	private long pending() {
		return this.jdbc.sql("select count(*) - count(outcome) from audit.audit_item having count(*) = ?")
			.param(IDS)
			.query(Long.class)
			.single();
	}

	private void assertComplete(Ended ended) {
		assertThat(ended.exitCode()).as(ended.err()).isZero();
		assertThat(this.jdbc.sql("select count(*) from audit.audit_item where outcome = 'FETCHED'")
			.query(Long.class)
			.single()).isEqualTo(IDS);
		assertThat(this.jdbc.sql("select count(*) from audit.smart_job").query(Long.class).single()).isEqualTo(IDS);
	}

}
