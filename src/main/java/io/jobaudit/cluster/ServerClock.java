package io.jobaudit.cluster;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

import com.github.kagkarlsson.scheduler.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The time of the database server. A machine whose own clock is ahead would mistake the
 * processes of others for dead.
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
