package io.jobaudit.cluster;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.jobaudit.Account;
import io.jobaudit.TestPostgres;
import io.jobaudit.fetch.SharedRate.Drop;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

class AccountTurnsTest {

	private static final Account ACCOUNT = new Account("a");

	private static final Duration INTERVAL = Duration.ofMillis(1);

	private static final Duration LEASE = Duration.ofMillis(20);

	private final PGSimpleDataSource database = TestPostgres.migratedDatabase();

	private final JdbcClient jdbc = JdbcClient.create(this.database);

	@Test
	void processesThatTakeTurnsAtTheSameTimeTakeEachOnce() throws Exception {
		ExecutorService processes = Executors.newFixedThreadPool(3);
		AccountTurns.of(this.jdbc, ACCOUNT, LEASE);
		this.jdbc.sql("update audit.api_turn set next_at = '2099-01-01 00:00:00+00'").update();
		Callable<Void> taking = () -> {
			AccountTurns process = AccountTurns.of(JdbcClient.create(this.database), ACCOUNT, LEASE);
			for (int lease = 0; lease < 50; lease++) {
				process.take(20, INTERVAL);
			}
			return null;
		};

		for (Future<Void> done : processes.invokeAll(List.of(taking, taking, taking))) {
			done.get();
		}

		processes.shutdown();
		assertThat(this.jdbc.sql(
				"select next_at = timestamptz '2099-01-01 00:00:00+00' + :turns * interval '1 millisecond' from audit.api_turn")
			.param("turns", 3 * 50 * 20)
			.query(Boolean.class)
			.single()).as("a millisecond for each turn").isTrue();
	}

	@Test
	void theFirstDropCountsAndAllSeeIt() {
		AccountTurns first = AccountTurns.of(this.jdbc, ACCOUNT, LEASE);
		AccountTurns second = AccountTurns.of(this.jdbc, ACCOUNT, LEASE);

		assertThat(first.drop(0, Duration.ZERO, 100)).isEmpty();

		assertThat(second.drop(0, Duration.ZERO, 50))
			.hasValueSatisfying((drop) -> assertThat(drop.accepted()).isEqualTo(100));
		Drop seen = second.take(1, INTERVAL).drop();
		assertThat(seen.number()).isEqualTo(1);
		assertThat(seen.accepted()).isEqualTo(100);
		assertThat(second.drop(seen.number(), Duration.ofMinutes(2), 50)).isEmpty();
		assertThat(first.take(1, INTERVAL).drop().age()).isGreaterThanOrEqualTo(Duration.ofMinutes(2));
	}

	@Test
	void aPauseHoldsForAllAndIdleTimeIsNotSavedUp() {
		AccountTurns first = AccountTurns.of(this.jdbc, ACCOUNT, LEASE);
		AccountTurns second = AccountTurns.of(this.jdbc, ACCOUNT, LEASE);
		this.jdbc.sql("update audit.api_turn set next_at = now() - interval '1 hour'").update();
		assertThat(first.take(1, INTERVAL).delay()).isGreaterThan(Duration.ofSeconds(-1));

		first.pause(Duration.ofHours(1));

		assertThat(second.take(1, INTERVAL).delay()).isGreaterThan(Duration.ofMinutes(59));
	}

}
