package io.jobaudit.cluster;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

import com.github.kagkarlsson.scheduler.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The time of the database's server. By its own clock, a machine that is ahead would take
 * the tasks of others for dead.
 */
record ServerClock(Duration ahead) implements Clock {

	static ServerClock of(JdbcClient jdbc) {
		OffsetDateTime server = jdbc.sql("select clock_timestamp()").query(OffsetDateTime.class).single();
		return new ServerClock(Duration.between(Instant.now(), server.toInstant()));
	}

	@Override
	public Instant now() {
		return Instant.now().plus(this.ahead);
	}

}
