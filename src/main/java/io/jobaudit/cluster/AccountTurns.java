package io.jobaudit.cluster;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

import io.jobaudit.Account;
import io.jobaudit.fetch.SharedRate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The shared rate of an account, in the database and by the clock of its server. Commits
 * do not wait for the disk, because it does no harm if a crash of the server loses them.
 */
record AccountTurns(JdbcClient jdbc, Account account, Duration lease) implements SharedRate {

	private static final String DROP = "drops, extract(epoch from clock_timestamp() - dropped_at) as age, accepted";

	private static final String WITHOUT_DISK = "with fast as (select set_config('synchronous_commit', 'off', true) as done) ";

	private static final String TAKE = WITHOUT_DISK
			+ """
					update audit.api_turn set next_at = greatest(next_at, paused_until, clock_timestamp()) + :all * interval '1 second'
					from fast where account = :account and fast.done is not null
					returning extract(epoch from next_at - clock_timestamp()) - :all as delay,
					"""
			+ DROP;

	private static final String LOWER = WITHOUT_DISK
			+ """
					update audit.api_turn set drops = drops + 1, dropped_at = clock_timestamp() - :age * interval '1 second', accepted = :accepted
					from fast where account = :account and drops = :seen and fast.done is not null""";

	private static final String PAUSE = WITHOUT_DISK
			+ """
					update audit.api_turn set paused_until = greatest(paused_until, clock_timestamp() + :time * interval '1 second')
					from fast where account = :account and fast.done is not null""";

	private static final double NANOS = 1e9;

	/** Returns the rate of an account, and adds its row if it is missing. */
	static AccountTurns of(JdbcClient jdbc, Account account, Duration lease) {
		jdbc.sql("insert into audit.api_turn (account) values (:account) on conflict do nothing")
			.param("account", account.name())
			.update();
		return new AccountTurns(jdbc, account, lease);
	}

	@Override
	public Turns take(int turns, Duration interval) {
		return this.jdbc.sql(TAKE)
			.param("all", turns * seconds(interval))
			.param("account", this.account.name())
			.query((row, number) -> new Turns(duration(row.getDouble("delay")), drop(row)))
			.single();
	}

	@Override
	public Optional<Drop> drop(long seen, Duration age, double accepted) {
		int ours = this.jdbc.sql(LOWER)
			.param("age", seconds(age))
			.param("accepted", accepted)
			.param("account", this.account.name())
			.param("seen", seen)
			.update();
		return (ours > 0) ? Optional.empty()
				: this.jdbc.sql("select " + DROP + " from audit.api_turn where account = :account")
					.param("account", this.account.name())
					.query((row, number) -> drop(row))
					.optional();
	}

	@Override
	public void pause(Duration time) {
		this.jdbc.sql(PAUSE).param("time", seconds(time)).param("account", this.account.name()).update();
	}

	private static Drop drop(ResultSet row) throws SQLException {
		return new Drop(row.getLong("drops"), duration(row.getDouble("age")), row.getDouble("accepted"));
	}

	private static double seconds(Duration time) {
		return time.toNanos() / NANOS;
	}

	private static Duration duration(double seconds) {
		return Duration.ofNanos((long) (seconds * NANOS));
	}

}
