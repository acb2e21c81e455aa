package io.jobaudit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.jobaudit.OutageLog.Outage;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.event.Level;
import org.slf4j.helpers.AbstractLogger;

import static org.assertj.core.api.Assertions.assertThat;

class OutageLogTest {

	private final List<String> lines = new ArrayList<>();

	private long now;

	private final OutageLog log = new OutageLog(logger(), "The API", () -> this.now);

	@Test
	void anOutageOfTenMinutesIsAFewLines() {
		for (int second = 0; second < 600; second++) {
			this.log.failed("HTTP 503");
			pass(Duration.ofSeconds(1));
		}
		assertThat(this.log.outage()).isEqualTo(new Outage("The API", Duration.ofMinutes(10)));
		this.log.answered();
		this.log.answered();

		assertThat(this.log.outage()).isNull();
		assertThat(this.lines).hasSize(10 + 1)
			.startsWith("WARN {} is unavailable, waiting for it: {} [The API, HTTP 503]")
			.endsWith("INFO {} is available again [The API]");
	}

	@Test
	void anApiThatFlapsIsTwoLinesAMinute() {
		for (int second = 0; second < 60; second++) {
			this.log.failed("HTTP 503");
			this.log.answered();
			pass(Duration.ofMillis(999));
		}

		assertThat(this.lines).hasSize(2);
	}

	@Test
	void nothingIsSaidOfNoOutage() {
		this.log.answered();

		assertThat(this.lines).isEmpty();
	}

	private void pass(Duration duration) {
		this.now += duration.toNanos();
	}

	private Logger logger() {
		return new RecordingLogger(this.lines);
	}

	/** Keeps what is logged. */
	private static final class RecordingLogger extends AbstractLogger {

		private static final long serialVersionUID = 1L;

		private final transient List<String> lines;

		RecordingLogger(List<String> lines) {
			this.lines = lines;
		}

		@Override
		protected String getFullyQualifiedCallerName() {
			return "";
		}

		@Override
		protected void handleNormalizedLoggingCall(Level level, org.slf4j.Marker marker, String message,
				Object[] arguments, Throwable failure) {
			this.lines.add(level + " " + message + " " + List.of(arguments));
		}

		@Override
		public boolean isTraceEnabled() {
			return true;
		}

		@Override
		public boolean isTraceEnabled(org.slf4j.Marker marker) {
			return true;
		}

		@Override
		public boolean isDebugEnabled() {
			return true;
		}

		@Override
		public boolean isDebugEnabled(org.slf4j.Marker marker) {
			return true;
		}

		@Override
		public boolean isInfoEnabled() {
			return true;
		}

		@Override
		public boolean isInfoEnabled(org.slf4j.Marker marker) {
			return true;
		}

		@Override
		public boolean isWarnEnabled() {
			return true;
		}

		@Override
		public boolean isWarnEnabled(org.slf4j.Marker marker) {
			return true;
		}

		@Override
		public boolean isErrorEnabled() {
			return true;
		}

		@Override
		public boolean isErrorEnabled(org.slf4j.Marker marker) {
			return true;
		}

	}

}
