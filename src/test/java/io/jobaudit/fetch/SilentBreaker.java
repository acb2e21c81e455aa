package io.jobaudit.fetch;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/** For tests with thousands of outages, which need no log. */
final class SilentBreaker implements BeforeEachCallback, AfterEachCallback {

	private final LoggingSystem logging = LoggingSystem.get(getClass().getClassLoader());

	@Override
	public void beforeEach(ExtensionContext context) {
		this.logging.setLogLevel(ApiCircuitBreaker.class.getName(), LogLevel.OFF);
	}

	@Override
	public void afterEach(ExtensionContext context) {
		this.logging.setLogLevel(ApiCircuitBreaker.class.getName(), null);
	}

}
